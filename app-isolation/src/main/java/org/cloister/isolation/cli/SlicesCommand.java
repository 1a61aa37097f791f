package org.cloister.isolation.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceService;
import org.cloister.isolation.api.SliceState;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Prints all slices. */
@Service
@Command(scope = "cloister", name = "slices", description = "Lists all slices")
public class SlicesCommand extends CloisterCommand {

    @Option(name = "--state", description = "Only those in this state")
    @Completion(SliceStateCompleter.class)
    String state;

    @Option(name = "--owner", description = "Only those of this user")
    String owner;

    @Override
    String text() throws CommandException {
        if (state != null && Arrays.stream(SliceState.values()).noneMatch(each -> each.name().equalsIgnoreCase(state))) {
            throw new CommandException("'" + state + "' is no state of slices; there are "
                    + Arrays.toString(SliceState.values()));
        }
        List<Slice> slices = getService(SliceService.class).slices().stream()
                .filter(each -> state == null || each.state().name().equalsIgnoreCase(state))
                .filter(each -> owner == null || each.owner().equals(owner)).collect(Collectors.toList());
        return outputJson() ? json(page(slices)) : SlicesReport.of(slices);
    }

    /** The shape of {@code GET /slices}, in one page. */
    private static ObjectNode page(List<Slice> slices) {
        ObjectNode page = Json.mapper().createObjectNode();
        page.set("items", Json.mapper().valueToTree(slices));
        page.putNull("nextCursor");
        return page;
    }
}

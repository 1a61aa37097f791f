package org.cloister.isolation.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceService;

import java.util.List;

/** Prints all slices. */
@Service
@Command(scope = "cloister", name = "slices", description = "Lists all slices")
public class SlicesCommand extends CloisterCommand {

    @Override
    String text() {
        List<Slice> slices = getService(SliceService.class).slices();
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

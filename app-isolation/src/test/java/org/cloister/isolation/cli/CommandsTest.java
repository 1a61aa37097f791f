package org.cloister.isolation.cli;

import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Route;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceService;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommandsTest {

    private boolean json;
    private boolean ready = true;

    @Test
    void tellsPeople() throws Exception {
        assertThat(run(fabric())).startsWith("Version 7f3a");
        assertThat(run(slices())).contains("slurma-1", "INSTALLING");
        assertThat(run(slice("slurma-1"))).startsWith("Slice        slurma-1");
        assertThat(run(routes("slurma-1"))).contains("leaf-1/5, spine-1/2");
    }

    @Test
    void printsTheJsonOfHttp() throws Exception {
        json = true;
        assertThat(Json.mapper().readValue(run(fabric()), FabricView.class)).isEqualTo(Samples.fabric());
        assertThat(Json.mapper().readValue(run(slice("slurma-1")), Slice.class)).isEqualTo(Samples.slice());
        assertThat(Json.mapper().readValue(run(routes("slurma-1")), Route[].class)).containsExactly(Samples.route());
        assertThat(Json.mapper().readTree(run(slices()))).isEqualTo(Json.mapper().readTree(
                "{\"items\":[" + Json.mapper().writeValueAsString(Samples.slice()) + "],\"nextCursor\":null}"));
    }

    @Test
    void unknownSliceIsNamed() {
        for (CloisterCommand command : List.of(slice("nobody"), routes("nobody"))) {
            assertThatThrownBy(command::doExecute).isInstanceOf(CommandException.class)
                    .hasMessage("There is no slice 'nobody'; cloister:slices lists those that are there");
        }
    }

    @Test
    void impossibleNameIsExplained() {
        assertThatThrownBy(() -> slice("no body").doExecute()).isInstanceOf(CommandException.class)
                .hasMessageContaining("'no body'").hasMessageContaining("[A-Za-z0-9]");
    }

    @Test
    void tooMuchIsTold() {
        SliceCommand command = slice("slurma-1");
        command.last = "slurma-2";
        assertThatThrownBy(command::doExecute).isInstanceOf(CommandException.class).hasMessageContaining("'slurma-2'");
    }

    @Test
    void refusalIsTold() {
        ready = false;
        assertThatThrownBy(() -> fabric().doExecute()).isInstanceOf(CommandException.class)
                .hasMessage("there is no configuration (not-ready)");
    }

    private static String run(CloisterCommand command) throws CommandException {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            command.doExecute();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private FabricCommand fabric() {
        return new FabricCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast(new Services());
            }

            @Override
            protected boolean outputJson() {
                return json;
            }
        };
    }

    @Test
    void stateThatDoesNotExistIsNoEmptyList() {
        SlicesCommand command = slices();
        command.state = "nonsense";
        assertThatThrownBy(command::text).isInstanceOf(CommandException.class)
                .hasMessageContaining("'nonsense'").hasMessageContaining("DEGRADED");
    }

    private SlicesCommand slices() {
        return new SlicesCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast(new Services());
            }

            @Override
            protected boolean outputJson() {
                return json;
            }
        };
    }

    private SliceCommand slice(String id) {
        SliceCommand command = new SliceCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast(new Services());
            }
        };
        command.last = json ? "--json" : null;
        command.id = id;
        return command;
    }

    private RoutesCommand routes(String id) {
        RoutesCommand command = new RoutesCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast(new Services());
            }
        };
        command.last = json ? "--json" : null;
        command.id = id;
        return command;
    }

    private final class Services implements SliceService, FabricService {

        @Override
        public List<Slice> slices() {
            return List.of(Samples.slice());
        }

        @Override
        public Optional<Slice> slice(SliceId id) {
            return slices().stream().filter(slice -> slice.id().equals(id)).findFirst();
        }

        @Override
        public List<Route> routes(SliceId id) {
            return List.of(Samples.route());
        }

        @Override
        public FabricView fabric() {
            if (!ready) {
                throw new RefusedException(Problem.of(ProblemType.NOT_READY, "there is no configuration"));
            }
            return Samples.fabric();
        }
    }
}

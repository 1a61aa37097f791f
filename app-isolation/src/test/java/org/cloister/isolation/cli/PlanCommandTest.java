package org.cloister.isolation.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedCircuit;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Plans;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceSpec;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlanCommandTest {

    private Plans answer;
    private SliceSpec asked;
    private boolean json;

    @Test
    void showsTheLightThatWouldBeMoved() throws Exception {
        answer = plans(Plans.Plan.builder().candidate(0).feasible(true).circuitsToMove(2).freeLinksAfter(9)
                .allocation(Allocation.builder().tag(100).guarantee(Guarantee.LOCK_STEP).maxFlowsPerLink(1).optimal(true)
                        .addLinks(Allocation.ReservedLink.of(Samples.UPLINK, Samples.DOWNLINK, 100_000_000_000L))
                        .addCircuits(AllocatedCircuit.planned("ocs-1", "1", "5"), AllocatedCircuit.connected("ocs-2", "2", "6"))
                        .addDisplacedCircuits(AllocatedCircuit.connected("ocs-1", "5", "7")).build()).build());
        String text = run("--host", "gpu-1-0", "--host", "gpu-2-0", "--circuits").text();
        assertThat(text).contains("2 circuits", "9 afterwards", "lock-step", "leaf-1/5");
        assertThat(line(text, "1 to 5")).contains("ocs-1", "PLANNED");
        assertThat(line(text, "2 to 6")).contains("ocs-2", "CONNECTED");
        assertThat(line(text, "5 to 7")).contains("gives way");
        assertThat(asked.circuits()).isEqualTo(CircuitPolicy.ALLOW);
        assertThat(asked.members()).extracting(member -> member.host()).containsExactly("gpu-1-0", "gpu-2-0");

        json = true;
        JsonNode tree = Json.mapper().readTree(run("--host", "gpu-1-0").text());
        assertThat(tree.at("/plans/0/circuitsToMove").intValue()).isEqualTo(2);
        assertThat(asked.circuits()).isEqualTo(CircuitPolicy.FORBID);
    }

    @Test
    void whatDoesNotFitFailsWithTheReason() {
        answer = plans(Plans.Plan.builder().candidate(0).feasible(false).circuitsToMove(0).freeLinksAfter(9)
                .problem(Problem.of(ProblemType.NO_CIRCUIT, "ocs-1 has no free port to spine-2")).build());
        assertThatThrownBy(() -> run("--host", "gpu-1-0").doExecute()).isInstanceOf(CommandException.class)
                .hasMessage("ocs-1 has no free port to spine-2 (no-circuit)");
        assertThatThrownBy(() -> run().text()).isInstanceOf(CommandException.class).hasMessageContaining("say who");
        assertThatThrownBy(() -> run("--file", "/x.json", "--circuits").text()).isInstanceOf(CommandException.class)
                .hasMessageContaining("--circuits beside it");
    }

    private PlanCommand run(String... options) {
        PlanCommand command = new PlanCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            asked = (SliceSpec) ((List<?>) arguments[0]).get(0);
                            return CompletableFuture.completedFuture(answer);
                        }));
            }

            @Override
            protected boolean outputJson() {
                return json;
            }
        };
        command.more = List.of(options);
        return command;
    }

    private static Plans plans(Plans.Plan plan) {
        return Plans.builder().fabricVersion("7f3a").addPlans(plan).build();
    }

    private static String line(String text, String part) {
        return text.lines().filter(each -> each.contains(part)).findFirst().orElse("");
    }
}

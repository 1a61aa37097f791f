package org.cloister.rest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class AuditTest extends RestTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.cloister.audit");
    private ListAppender<ILoggingEvent> log;

    @BeforeEach
    void listen() {
        log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void everyWriteLeavesOneLine() throws Exception {
        put("slurm", "slices/a", SPEC);
        slices.settle("a", SliceState.ACTIVE);
        put("slurm", "slices/a?wait=1", SPEC);
        put("slurm", "slices/b", "{\"nodes\":[\"gpu-9\"]}");
        put("slurm", "slices/b", "{");
        put("reader", "slices/b", SPEC);
        delete("kueue", "slices/a");
        slices.gone("a");
        slices.add("a", "slurm", SliceState.ACTIVE, Map.of());
        delete("slurm", "slices/a?wait=1");

        assertThat(lines()).containsExactly(
                "principal=\"slurm\" verb=PUT slice=\"a\" result=202 reason=\"INSTALLING\"",
                "principal=\"slurm\" verb=PUT slice=\"a\" result=200 reason=\"ACTIVE\"",
                "principal=\"slurm\" verb=PUT slice=\"b\" result=409 "
                        + "reason=\"insufficient-uplinks: leaf-2 has 1 of 2 uplinks free\"",
                "principal=\"slurm\" verb=PUT slice=\"b\" result=400 reason=\"invalid-request: malformed JSON at "
                        + "line 1, column 3: Unexpected end-of-input: expected close marker for Object\"",
                "principal=\"reader\" verb=PUT slice=\"b\" result=403 "
                        + "reason=\"forbidden: user 'reader' has no role that allows PUT\"",
                "principal=\"kueue\" verb=DELETE slice=\"a\" result=404 reason=\"not-found: there is no slice 'a'\"",
                "principal=\"slurm\" verb=DELETE slice=\"a\" result=204 reason=\"\"");
    }

    @Test
    void drainsLeaveLinesUnderTheirPath() throws Exception {
        drains.holders = List.of(SliceId.of("a"));
        put("boss", "drains/leaf-1/5", "");
        put("slurm", "drains/leaf-1/5", "");
        delete("boss", "drains/leaf-1/5");

        assertThat(lines()).containsExactly(
                "principal=\"boss\" verb=PUT slice=\"drains/leaf-1/5\" result=202 reason=\"moving: [a]\"",
                "principal=\"slurm\" verb=PUT slice=\"drains/leaf-1/5\" result=403 "
                        + "reason=\"forbidden: user 'slurm' lacks the role cloister-admin\"",
                "principal=\"boss\" verb=DELETE slice=\"drains/leaf-1/5\" result=204 reason=\"\"");
    }

    @Test
    void circuitsLeaveLinesUnderTheirPath() throws Exception {
        put("boss", "circuits/ocs-1/1/2?wait=1", "");
        put("boss", "circuits/ocs-1/7/3", "");
        delete("boss", "circuits/ocs-1/1/2?wait=1");

        assertThat(lines()).containsExactly(
                "principal=\"boss\" verb=PUT slice=\"circuits/ocs-1/1/2\" result=201 reason=\"ESTABLISHED\"",
                "principal=\"boss\" verb=PUT slice=\"circuits/ocs-1/7/3\" result=409 "
                        + "reason=\"foreign-circuit: ocs-1 3 to 7 meets the foreign circuit ocs-1 7 to 8\"",
                "principal=\"boss\" verb=DELETE slice=\"circuits/ocs-1/1/2\" result=204 reason=\"\"");
    }

    @Test
    void readsLeaveNone() throws Exception {
        get("slurm", "slices");
        get("slurm", "slices/none");
        get("", "fabric");
        assertThat(lines()).isEmpty();
    }

    @Test
    void lineFeedForgesNoLine() throws Exception {
        put("slurm", "slices/a%0Aprincipal=%22onos%22", SPEC);
        assertThat(lines()).singleElement().asString()
                .startsWith("principal=\"slurm\" verb=PUT slice=\"a\\nprincipal=\\\"onos\\\"\" result=400 ")
                .doesNotContain("\n");
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.toList());
    }
}

package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CrossConnectsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", value = {
        // before     | removed   | made       | after
        "''           | ''        | 10-9       | 9>10",
        "1>9          | ''        | 1-9        | 1>9",
        "9>1          | ''        | 1-9        | 9>1",
        "9>1 2>3      | 1-9       | ''         | 2>3",
        "1>9 9>1      | 1-9       | ''         | ''",
        "1>9          | 2-10      | ''         | 1>9",
        "1>9 2>10     | 1-9 2-10  | 1-10 2-9   | 1>10 2>9",
        "9>1 10>2     | 1-9 2-10  | 1-10 2-9   | 1>10 2>9",
        "1>9          | 1-9       | 1-9        | 1>9",
        "1>9 3>9      | 1-9       | ''         | 3>9",
        "5>5          | ''        | 1-2        | 1>2 5>5",
    })
    void pairsBecomeWhatIsWanted(String before, String removed, String made, String after) {
        CrossConnects pairs = pairs(before).with(circuits(removed), circuits(made));
        assertThat(pairs.egresses()).isEqualTo(pairs(after).egresses());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", value = {
        "1>9      | ''  | 1-10     | port 1",
        "1>9      | ''  | 2-9      | port 9",
        "1>9 2>10 | 1-9 | 1-10     | port 10",
        "''       | ''  | 1-9 2-9  | port 9",
        "5>5      | ''  | 1-5      | port 5",
    })
    void portOfAnotherCircuitIsAConflict(String before, String removed, String made, String named) {
        assertThatThrownBy(() -> pairs(before).with(circuits(removed), circuits(made)))
                .isInstanceOfSatisfying(OcsException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.CONFLICT);
                    assertThat(refused).hasMessageContaining(named);
                });
    }

    @Test
    void changeNamesNothingThatStays() throws Exception {
        String change = pairs("1>10 2>9 4>12 5>13").changeFrom(pairs("1>9 2>10 3>11 4>12"));
        assertThat(change).contains("<pair nc:operation=\"delete\"><ingress>3</ingress></pair>"
                + "<pair nc:operation=\"replace\"><ingress>1</ingress><egress>10</egress></pair>"
                + "<pair nc:operation=\"replace\"><ingress>2</ingress><egress>9</egress></pair>"
                + "<pair nc:operation=\"create\"><ingress>5</ingress><egress>13</egress></pair>")
                .doesNotContain("<ingress>4<");
        assertThat(pairs("1>9").changeFrom(pairs("1>9"))).isEmpty();
    }

    @Test
    void revisionIsThatOfThePairs() {
        assertThat(pairs("1>9 2>10").revision()).isEqualTo(pairs("2>10 1>9").revision())
                .isNotEqualTo(pairs("1>10 2>9").revision()).isNotEqualTo(pairs("1>9").revision());
    }

    @Test
    void portThatIsJoinedWithItselfIsNoCircuit() {
        assertThat(pairs("5>5 1>9").circuits()).containsExactly(CircuitPorts.of("1", "9"));
    }

    /** {@code 1>9 2>10}: which port's light leaves where. */
    static CrossConnects pairs(String text) {
        Map<Integer, Integer> pairs = new TreeMap<>();
        words(text).forEach(pair -> pairs.put(Integer.valueOf(pair.split(">")[0]), Integer.valueOf(pair.split(">")[1])));
        return new CrossConnects(pairs);
    }

    private static Set<CircuitPorts> circuits(String text) {
        return words(text).stream().map(circuit -> CircuitPorts.of(circuit.split("-")[0], circuit.split("-")[1]))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.trim().split(" ")).filter(word -> !word.isEmpty()).collect(Collectors.toSet());
    }
}

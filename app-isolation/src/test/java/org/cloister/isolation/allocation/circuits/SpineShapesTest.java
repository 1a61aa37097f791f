package org.cloister.isolation.allocation.circuits;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class SpineShapesTest {

    @Test
    void everySpineJoinsTwoLeavesOrMoreAndEveryLeafHasWhatItNeeds() {
        assertThat(shapes(new int[] {1, 1, 1}, 2, 128)).containsExactlyInAnyOrder("[[0, 1, 2]]",
                "[[0, 1, 2], [0, 1, 2]]", "[[0, 1, 2], [0, 1]]", "[[0, 1, 2], [0, 2]]", "[[0, 1, 2], [1, 2]]",
                "[[0, 1], [0, 2]]", "[[0, 1], [1, 2]]", "[[0, 2], [1, 2]]");
        assertThat(shapes(new int[] {2, 2, 1}, 2, 128)).containsExactlyInAnyOrder("[[0, 1, 2], [0, 1, 2]]",
                "[[0, 1, 2], [0, 1]]");
        assertThat(shapes(new int[] {2, 1}, 2, 128)).containsExactly("[[0, 1], [0, 1]]");
        assertThat(shapes(new int[] {3, 1}, 2, 128)).as("more than there are spines").isEmpty();
    }

    @Test
    void tooManyAreNone() {
        assertThat(shapes(new int[] {1, 1, 1}, 2, 8)).hasSize(8);
        assertThat(shapes(new int[] {1, 1, 1}, 2, 7)).isEmpty();
        assertThat(shapes(new int[] {8, 8, 8, 8, 8, 8, 8}, 10, 128)).isEmpty();
        assertThat(shapes(new int[1_000], 1, 128)).isEmpty();
    }

    private static List<String> shapes(int[] needed, int spines, int most) {
        return SpineShapes.of(needed, spines, most).stream().map(Arrays::deepToString).collect(Collectors.toList());
    }
}

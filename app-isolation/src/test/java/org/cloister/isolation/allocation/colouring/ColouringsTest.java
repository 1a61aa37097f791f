package org.cloister.isolation.allocation.colouring;

import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.allocation.traffic.Demand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.isolation.allocation.Plans.demand;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.request;

/** How many colours per source suffice, against what the theory found by brute force. */
class ColouringsTest {

    @ParameterizedTest
    @MethodSource("shapesOfUpToThreeLeaves")
    void allToAllOverUpToThreeLeavesTakesNoMoreColoursThanLinks(int[] shape) {
        assertThat(colours(shape, "all-to-all") - fewest(shape, "all-to-all")).isZero();
    }

    @ParameterizedTest
    @MethodSource("shapesOfFourAndFiveLeaves")
    void allToAllOverFourOrFiveLeavesTakesOneColourMoreAtMost(int[] shape) {
        // the one shape of these that takes two more: the search below proves that one more cannot do
        int more = Arrays.equals(shape, new int[] {5, 5, 5, 4}) ? 2 : 1;
        assertThat(colours(shape, "all-to-all") - fewest(shape, "all-to-all")).isBetween(0, more);
    }

    @Test
    void sixColoursCannotDoForAllToAllOverFiveFiveFiveFour() {
        int[] shape = {5, 5, 5, 4};
        Demand demand = demand(request(TestFabric.of(4, 1).shape(shape).hosts(), pattern("all-to-all")));
        int retreats = Integer.MAX_VALUE; // nothing is left untried
        assertThat(Saturation.colour(ConflictGraph.lockStep(demand), 6, retreats)).isEmpty();
        assertThat(Saturation.colour(ConflictGraph.lockStep(demand), 7, retreats)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("shapesOfPowersOfTwo")
    void halvingDoublingTakesNoMoreColoursThanLinks(int[] shape) {
        assertThat(colours(shape, "halving-doubling") - fewest(shape, "halving-doubling")).isZero();
    }

    @Test
    void knownShapes() {
        assertThat(colours(new int[] {7, 7, 3}, "all-to-all")).isEqualTo(7);
        assertThat(colours(new int[] {12, 4, 8, 8}, "all-to-all")).isEqualTo(12);
        assertThat(colours(new int[] {16, 16, 16, 5}, "all-to-all")).isEqualTo(18);
        assertThat(colours(new int[] {5, 5, 5, 5, 5, 5, 1}, "all-to-all")).isLessThanOrEqualTo(6);
    }

    /** floor(N / Δ) blocks, so Δ + ceil((N mod Δ) / blocks) colours, where the searches alone end at 36. */
    @Test
    void allToAllOverManyUnevenLeavesHasItsClosedForm() {
        assertThat(colours(new int[] {32, 20, 32, 11, 32, 32, 5, 32}, "all-to-all")).isEqualTo(32 + 1);
    }

    @Test
    void membersThatDoNotCrossTakeTurnsAtTheColoursOfTheirLeaf() {
        TestFabric fabric = TestFabric.of(2, 2).shape(4, 4);
        // ranks 0 and 1 cross, 2 and 3 stay on the leaf
        Demand demand = demand(request(fabric.hosts(), pattern("ring").withGroups(
                List.of(List.of(0, 4), List.of(1, 5), List.of(2, 3), List.of(6, 7)))));
        Colouring colouring = new Colourings(demand).proper(2, 2).orElseThrow();
        assertThat(IntStream.range(0, 8).map(colouring::of)).containsExactly(0, 1, 0, 1, 0, 1, 0, 1);
    }

    @Test
    void evenColoursDifferByOneAtMost() {
        TestFabric fabric = TestFabric.of(3, 1).shape(5, 2, 4);
        Colouring colouring = new Colourings(demand(request(fabric.hosts(), pattern("any")))).even(3);
        int[] uses = new int[3];
        IntStream.range(0, 11).map(colouring::of).forEach(colour -> uses[colour]++);
        assertThat(uses).containsExactly(4, 4, 3);
    }

    @Test
    void withoutEnoughColoursThereIsNoProperColouring() {
        TestFabric fabric = TestFabric.of(2, 1).shape(4, 4);
        Colourings colourings = new Colourings(demand(request(fabric.hosts(), pattern("all-to-all"))));
        assertThat(colourings.proper(4, 3)).isEmpty();
        assertThat(colourings.proper(4, 4)).map(Colouring::count).isEqualTo(Optional.of(4));
    }

    static Stream<int[]> shapesOfUpToThreeLeaves() {
        return Stream.concat(shapes(2, 8), shapes(3, 7));
    }

    static Stream<int[]> shapesOfFourAndFiveLeaves() {
        return Stream.concat(shapes(4, 5), shapes(5, 4));
    }

    static Stream<int[]> shapesOfPowersOfTwo() {
        return Stream.of(shapes(2, 16), shapes(3, 12), shapes(4, 8), shapes(5, 6)).flatMap(shapes -> shapes)
                .filter(shape -> Integer.bitCount(Arrays.stream(shape).sum()) == 1);
    }

    /** Hosts by leaf, no leaf with more than the one before. */
    private static Stream<int[]> shapes(int leaves, int most) {
        List<int[]> shapes = new ArrayList<>(List.of(new int[0]));
        for (int leaf = 0; leaf < leaves; leaf++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] shape : shapes) {
                int last = shape.length == 0 ? most : shape[shape.length - 1];
                for (int hosts = 1; hosts <= last; hosts++) {
                    int[] next = Arrays.copyOf(shape, shape.length + 1);
                    next[shape.length] = hosts;
                    longer.add(next);
                }
            }
            shapes = longer;
        }
        return shapes.stream().sorted(Comparator.comparing(Arrays::toString));
    }

    private static int colours(int[] shape, String type) {
        Demand demand = demand(request(TestFabric.of(shape.length, 1).shape(shape).hosts(), pattern(type)));
        return new Colourings(demand).proper(fewest(shape, type), 99).orElseThrow().count();
    }

    private static int fewest(int[] shape, String type) {
        return Math.max(1, MinimumLinks.of(
                demand(request(TestFabric.of(shape.length, 1).shape(shape).hosts(), pattern(type)))).largest());
    }
}

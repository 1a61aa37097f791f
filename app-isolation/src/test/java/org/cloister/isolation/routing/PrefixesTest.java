package org.cloister.isolation.routing;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PrefixesTest {

    @Test
    void aLeafOfItsOwnSubnetIsOnePrefix() {
        assertThat(Prefixes.cover(addresses("10.0.1.1", "10.0.1.2", "10.0.1.16"), addresses("10.0.2.1")))
                .containsExactly(Ip4Prefix.valueOf("10.0.1.0/27"));
    }

    @Test
    void aForeignAddressInTheMiddleSplits() {
        assertThat(Prefixes.cover(addresses("10.0.1.0", "10.0.1.1", "10.0.1.3"), addresses("10.0.1.2")))
                .containsExactly(Ip4Prefix.valueOf("10.0.1.0/31"), Ip4Prefix.valueOf("10.0.1.3/32"));
    }

    @Test
    void theWholeRangeOfAddressesIsUnsigned() {
        assertThat(Prefixes.cover(addresses("10.0.0.1", "223.0.0.1"), Set.of()))
                .containsExactly(Ip4Prefix.valueOf("0.0.0.0/0"));
        assertThat(Prefixes.cover(addresses("223.255.255.255"), addresses("223.255.255.254")))
                .containsExactly(Ip4Prefix.valueOf("223.255.255.255/32"));
    }

    @Test
    void anAddressOnBothSidesIsRefusedByName() {
        assertThatThrownBy(() -> Prefixes.cover(addresses("10.0.1.1"), addresses("10.0.1.1")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("10.0.1.1");
    }

    @Property
    void coversExactlyAndWithoutWaste(@ForAll @Size(max = 24) Set<@IntRange(max = 63) Integer> inside,
                                      @ForAll @Size(max = 24) Set<@IntRange(max = 63) Integer> others) {
        Set<Ip4Address> wanted = low(inside.stream());
        Set<Ip4Address> unwanted = low(others.stream().filter(other -> !inside.contains(other)));

        List<Ip4Prefix> cover = Prefixes.cover(wanted, unwanted);

        assertThat(wanted).allSatisfy(address ->
                assertThat(cover.stream().filter(prefix -> prefix.contains(address))).hasSize(1));
        assertThat(cover).noneMatch(prefix -> unwanted.stream().anyMatch(prefix::contains));
        for (int index = 1; index < cover.size(); index++) {
            Ip4Prefix left = cover.get(index - 1);
            Ip4Prefix joined = join(left, cover.get(index));
            assertThat(unwanted.stream().anyMatch(joined::contains)).as("%s could be %s", cover, joined).isTrue();
        }
    }

    private static Ip4Prefix join(Ip4Prefix one, Ip4Prefix other) {
        int length = one.prefixLength();
        while (!Ip4Prefix.valueOf(one.address(), length).contains(other)) {
            length--;
        }
        return Ip4Prefix.valueOf(one.address(), length);
    }

    private static Collection<Ip4Address> addresses(String... texts) {
        return Stream.of(texts).map(Ip4Address::valueOf).collect(Collectors.toList());
    }

    private static Set<Ip4Address> low(Stream<Integer> numbers) {
        return numbers.map(number -> Ip4Address.valueOf((10 << 24) + number)).collect(Collectors.toSet());
    }
}

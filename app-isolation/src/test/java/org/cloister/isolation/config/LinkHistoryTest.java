package org.cloister.isolation.config;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.LinkFailures;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LinkHistoryTest {

    private static final Instant BEGAN = Instant.parse("2024-01-01T00:00:00Z");
    private static final FabricPort UP = FabricPort.of("leaf-1/5");
    private static final FabricPort DOWN = FabricPort.of("spine-1/1");
    private static final Link LINK = Link.of(UP, DOWN);

    private final ImmutableFabric fabric = Fabric.builder().enforce(true).firstTag(1).lastTag(2)
            .linkBitsPerSecond(1).build();
    private final LinkHistory history = new LinkHistory(BEGAN);

    @Test
    void whatWasNeverSeenHasFailedAMinuteAfterTheFirstLook() {
        Fabric now = history.on(fabric, BEGAN.plusSeconds(30));
        assertThat(LinkFailures.at(now, LINK)).contains(BEGAN.plusSeconds(60));
    }

    @Test
    void whatWasThereHasFailedTenSecondsAfterItWentHoweverOftenThatIsLookedAt() {
        assertThat(LinkFailures.at(history.on(fabric.withLinks(LINK), BEGAN.plusSeconds(1)), LINK)).isEmpty();
        history.on(fabric, BEGAN.plusSeconds(5));
        Fabric later = history.on(fabric, BEGAN.plusSeconds(9));
        assertThat(LinkFailures.at(later, LINK)).contains(BEGAN.plusSeconds(15));
        assertThat(LinkFailures.at(history.on(fabric.withLinks(LINK), BEGAN.plusSeconds(20)), LINK)).isEmpty();
        assertThat(LinkFailures.at(history.on(fabric, BEGAN.plusSeconds(21)), LINK)).contains(BEGAN.plusSeconds(31));
    }

    @Test
    void aPortThatIsDownAtEitherEndIsAFailureAtOnce() {
        for (FabricPort port : List.of(UP, DOWN)) {
            assertThat(LinkFailures.at(history.on(fabric.withDownPorts(port), BEGAN), LINK)).contains(Instant.EPOCH);
        }
    }
}

package org.cloister.lab.discovery.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.lab.discovery.link.FakeFabric.point;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.onosproject.net.LinkKey;

class LinkAgesTest {

    private static final LinkKey LINK = LinkKey.linkKey(point(1, 1), point(2, 1));
    private static final Duration TEN = Duration.ofSeconds(10);

    private long now;
    private final LinkAges ages = new LinkAges(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void aLinkGoesStaleOnceAfterItsTime() {
        ages.seen(LINK, TEN);
        pass(TEN);
        assertThat(ages.stale()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(ages.stale()).containsExactly(LINK);
        assertThat(ages.stale()).isEmpty();
    }

    @Test
    void aLinkThatIsSeenAgainStays() {
        ages.seen(LINK, TEN);
        pass(Duration.ofSeconds(9));
        ages.seen(LINK, TEN);
        pass(Duration.ofSeconds(9));
        assertThat(ages.stale()).isEmpty();
    }

    @Test
    void aForgottenLinkDoesNotGoStale() {
        ages.seen(LINK, TEN);
        ages.forget(link -> link.dst().deviceId().equals(FakeFabric.id(2)));
        pass(Duration.ofMinutes(1));
        assertThat(ages.stale()).isEmpty();
    }
}

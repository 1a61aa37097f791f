package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.Snapshot;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells whether switches show anything new but measured power, which changes all the time. */
final class News {

    private Map<String, OcsSwitch> last = new TreeMap<>();

    boolean isNews(Map<String, OcsSwitch> now) {
        Map<String, OcsSwitch> before = last;
        last = new TreeMap<>(now);
        return !before.keySet().equals(now.keySet())
                || now.keySet().stream().anyMatch(name -> !same(before.get(name), now.get(name)));
    }

    private static boolean same(OcsSwitch before, OcsSwitch now) {
        return before == now || before.dialect().equals(now.dialect()) && before.connected() == now.connected()
                && before.trouble().equals(now.trouble()) && before.capabilities().equals(now.capabilities())
                && same(before.snapshot(), now.snapshot());
    }

    private static boolean same(Optional<Snapshot> before, Optional<Snapshot> now) {
        if (before.isEmpty() || now.isEmpty()) {
            return before.isEmpty() && now.isEmpty();
        }
        if (!before.get().circuits().equals(now.get().circuits())
                || !before.get().ports().keySet().equals(now.get().ports().keySet())) {
            return false;
        }
        Iterator<PortState> ports = now.get().ports().values().iterator();
        return before.get().ports().values().stream().allMatch(port -> same(port, ports.next()));
    }

    private static boolean same(PortState before, PortState now) {
        return before == now || before.enabled() == now.enabled() && before.status() == now.status()
                && before.number() == now.number() && before.peer().equals(now.peer());
    }
}

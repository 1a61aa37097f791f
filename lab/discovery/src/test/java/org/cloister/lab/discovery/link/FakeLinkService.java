package org.cloister.lab.discovery.link;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Link;
import org.onosproject.net.LinkKey;
import org.onosproject.net.link.LinkDescription;
import org.onosproject.net.link.LinkProvider;
import org.onosproject.net.link.LinkProviderRegistry;
import org.onosproject.net.link.LinkProviderService;
import org.onosproject.net.provider.AbstractProviderRegistry;
import org.onosproject.net.provider.AbstractProviderService;

/** The core's side of links: the set of those that are there. */
final class FakeLinkService extends AbstractProviderRegistry<LinkProvider, LinkProviderService>
        implements LinkProviderRegistry {

    final Map<LinkKey, Link.Type> links = new ConcurrentHashMap<>();
    final AtomicInteger detections = new AtomicInteger();
    final Set<DeviceId> gone = ConcurrentHashMap.newKeySet();
    /** Happens once, when the next link is told of, before it is taken. */
    final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> { });

    /** Returns the links as {@code of:…/1>of:…/2}. */
    Set<String> names() {
        return links.keySet().stream().map(link -> link.src() + ">" + link.dst()).collect(Collectors.toSet());
    }

    static String name(ConnectPoint from, ConnectPoint to) {
        return from + ">" + to;
    }

    @Override
    protected LinkProviderService createProviderService(LinkProvider provider) {
        return new Service(provider);
    }

    private final class Service extends AbstractProviderService<LinkProvider> implements LinkProviderService {

        private Service(LinkProvider provider) {
            super(provider);
        }

        @Override
        public void linkDetected(LinkDescription link) {
            meanwhile.getAndSet(() -> { }).run();
            links.put(LinkKey.linkKey(link.src(), link.dst()), link.type());
            detections.incrementAndGet();
        }

        @Override
        public void linkVanished(LinkDescription link) {
            links.remove(LinkKey.linkKey(link.src(), link.dst()));
        }

        @Override
        public void linksVanished(ConnectPoint point) {
            links.keySet().removeIf(link -> link.src().equals(point) || link.dst().equals(point));
        }

        @Override
        public void linksVanished(DeviceId deviceId) {
            links.keySet().removeIf(link -> link.src().deviceId().equals(deviceId) || link.dst().deviceId().equals(deviceId));
            gone.add(deviceId);
        }
    }
}

package org.cloister.lab.ocs.device;

import org.cloister.lab.ocs.Later;
import org.cloister.lab.ocs.Times;
import org.cloister.lab.ocs.plant.Plant;
import org.cloister.lab.ocs.plant.PlantChange;
import org.cloister.lab.ocs.plant.PlantException;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Where light really goes. Told where it should go, it changes the difference and touches no port but those: each loses
 * its carrier before its light is led elsewhere, and gets it back when the receiver at the fibre's end has locked on.
 */
final class Light {

    private static final Logger LOG = Logger.getLogger(Light.class.getName());

    private final Ports ports;
    private final Plant plant;
    private final Later later;
    private final Supplier<Times> times;
    private final Map<String, String> mates = new TreeMap<>();
    private final Set<String> bright = new HashSet<>();
    /** Ports whose receivers are locking on, and since which change. */
    private final Map<String, Long> igniting = new HashMap<>();
    private final Map<String, Double> errors = new HashMap<>();
    private long changes;

    Light(Ports ports, Plant plant, Later later, Supplier<Times> times) {
        this.ports = ports;
        this.plant = plant;
        this.later = later;
        this.times = times;
    }

    /** Takes over what the plant does already; light that goes one way only is cut. */
    void start() {
        SortedMap<Integer, Integer> joined = plant.start();
        PlantChange change = PlantChange.empty();
        joined.forEach((port, other) -> {
            if (port.equals(joined.get(other))) {
                mates.put(ports.name(port), ports.name(other));
                bright.add(ports.name(port));
                change.bright().add(port);
            } else {
                change.dark().add(port);
                change.cut().add(port);
            }
        });
        carryOut(change);
    }

    /** Returns the port that each port's light goes to, both ways. */
    Map<String, String> mates() {
        return Collections.unmodifiableMap(mates);
    }

    /** Returns the ports whose fibres have a carrier. */
    Set<String> bright() {
        return Collections.unmodifiableSet(bright);
    }

    /** Returns the ports that get no light from their fibres, of those where that can be seen. */
    Set<String> unlit() {
        SortedSet<Integer> seen = new TreeSet<>();
        bright.forEach(port -> seen.add(ports.number(port)));
        Set<String> dark = new TreeSet<>();
        plant.unlit(seen).forEach(port -> dark.add(ports.name(port)));
        return dark;
    }

    /**
     * Leads light.
     *
     * @param wanted where it should go, both ways
     * @param dark   ports that have no carrier even so
     * @param lossy  the share of packets lost of those that come in at a port
     * @return the ports that were touched
     */
    Set<String> steer(Map<String, String> wanted, Set<String> dark, Map<String, Double> lossy) {
        PlantChange change = PlantChange.empty();
        Set<String> touched = new HashSet<>();
        Set<String> turned = new HashSet<>(mates.keySet());
        turned.addAll(wanted.keySet());
        turned.removeIf(port -> String.valueOf(wanted.get(port)).equals(String.valueOf(mates.get(port))));
        for (String port : turned) {
            touched.add(port);
            int number = ports.number(port);
            if (wanted.containsKey(port)) {
                change.joined().put(number, ports.number(wanted.get(port)));
            } else {
                change.cut().add(number);
            }
        }
        Set<String> lit = new HashSet<>(wanted.keySet());
        lit.removeAll(dark);
        darken(lit, turned, change, touched);
        mates.keySet().removeAll(turned);
        turned.stream().filter(wanted::containsKey).forEach(port -> mates.put(port, wanted.get(port)));
        err(lossy, change, touched);
        ignite(lit, change);
        if (!change.isEmpty()) {
            carryOut(change);
        }
        return touched;
    }

    private void darken(Set<String> lit, Set<String> turned, PlantChange change, Set<String> touched) {
        for (String port : new HashSet<>(bright)) {
            if (!lit.contains(port) || turned.contains(port)) {
                bright.remove(port);
                change.dark().add(ports.number(port));
                touched.add(port);
            }
        }
        igniting.keySet().removeIf(port -> !lit.contains(port) || turned.contains(port));
    }

    private void err(Map<String, Double> lossy, PlantChange change, Set<String> touched) {
        Set<String> concerned = new HashSet<>(errors.keySet());
        concerned.addAll(lossy.keySet());
        for (String port : concerned) {
            double share = lossy.getOrDefault(port, 0.0);
            if (share != errors.getOrDefault(port, 0.0)) {
                change.errors().put(ports.number(port), share);
                touched.add(port);
            }
        }
        errors.clear();
        errors.putAll(lossy);
    }

    private void ignite(Set<String> lit, PlantChange change) {
        Set<String> waiting = new HashSet<>(lit);
        waiting.removeAll(bright);
        waiting.removeAll(igniting.keySet());
        if (waiting.isEmpty()) {
            return;
        }
        if (times.get().optics().isZero()) {
            waiting.forEach(port -> change.bright().add(ports.number(port)));
            bright.addAll(waiting);
            return;
        }
        long number = ++changes;
        waiting.forEach(port -> igniting.put(port, number));
        later.after(times.get().optics(), () -> lockedOn(number));
    }

    private void lockedOn(long number) {
        PlantChange change = PlantChange.empty();
        igniting.entrySet().removeIf(port -> {
            if (port.getValue() != number) {
                return false;
            }
            change.bright().add(ports.number(port.getKey()));
            bright.add(port.getKey());
            return true;
        });
        if (!change.isEmpty()) {
            carryOut(change);
        }
    }

    /** Mirrors do not report; what failed is for whoever looks at the light. */
    private void carryOut(PlantChange change) {
        try {
            plant.apply(change);
        } catch (PlantException e) {
            LOG.severe(e.getMessage());
        }
    }
}

package org.cloister.lab.ocs.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Light as packets that Linux redirects from one interface to another, in the namespace of this process. An interface
 * that is down leaves the other end of its cable without a carrier. Rules stay in the kernel when this process ends.
 */
public final class TcPlant implements Plant {

    private static final Pattern REDIRECT = Pattern.compile("Redirect to device ([^)\\s]+)\\)");

    private final Commands commands = new Commands();
    private final IntFunction<String> interfaces;
    private final SortedSet<Integer> ports = new TreeSet<>();
    private final SortedSet<Integer> erroneous = new TreeSet<>();
    private final TcBatch batch;

    /**
     * Creates a plant.
     *
     * @param prefix what the interfaces' names begin with; the port's number follows
     * @param ports  how many there are
     */
    public TcPlant(String prefix, int ports) {
        this.interfaces = port -> prefix + port;
        this.batch = new TcBatch(interfaces);
        IntStream.rangeClosed(1, ports).forEach(this.ports::add);
    }

    @Override
    public SortedMap<Integer, Integer> start() {
        ports.forEach(this::silence);
        String hooks = commands.run("tc", List.of("qdisc show"));
        SortedSet<Integer> hooked = new TreeSet<>(ports);
        hooked.removeIf(port -> !hooks.contains("qdisc clsact ffff: dev " + interfaces.apply(port) + " "));
        SortedMap<Integer, Integer> joined = new TreeMap<>();
        for (int port : hooked) {
            Matcher redirect = REDIRECT.matcher(commands.run("tc", batch.show(port)));
            if (redirect.find()) {
                ports.stream().filter(other -> interfaces.apply(other).equals(redirect.group(1)))
                        .forEach(other -> joined.put(port, other));
            }
        }
        commands.run("tc", batch.hooks(minus(ports, hooked)));
        // a port whose light goes nowhere is dark; the others are left alone
        commands.run("ip", batch.carrier(minus(ports, joined.keySet()), false));
        return joined;
    }

    @Override
    public void apply(PlantChange change) {
        commands.run("ip", batch.carrier(change.dark(), false));
        List<String> lines = new ArrayList<>(batch.cut(change.cut()));
        lines.addAll(batch.join(change.joined()));
        lines.addAll(errors(change.errors()));
        commands.run("tc", lines);
        commands.run("ip", batch.carrier(change.bright(), true));
    }

    @Override
    public void clean() {
        commands.run("ip", batch.carrier(ports, false));
        commands.run("tc", batch.unhook(ports));
    }

    private List<String> errors(SortedMap<Integer, Double> errors) {
        SortedMap<Integer, Double> some = new TreeMap<>(errors);
        some.values().removeIf(share -> share == 0);
        SortedSet<Integer> none = minus(errors.keySet(), some.keySet());
        none.retainAll(erroneous);
        erroneous.removeAll(none);
        erroneous.addAll(some.keySet());
        List<String> lines = new ArrayList<>(batch.loseNone(none));
        lines.addAll(batch.lose(some));
        return lines;
    }

    /** A port of glass says nothing of itself: no neighbour discovery, no router solicitation. */
    private void silence(int port) {
        Path switched = Path.of("/proc/sys/net/ipv6/conf", interfaces.apply(port), "disable_ipv6");
        try {
            if (Files.exists(switched)) {
                Files.writeString(switched, "1");
            }
        } catch (IOException e) {
            throw new PlantException(switched + " cannot be set: " + e.getMessage(), e);
        }
    }

    private static SortedSet<Integer> minus(Collection<Integer> all, Collection<Integer> some) {
        SortedSet<Integer> rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}

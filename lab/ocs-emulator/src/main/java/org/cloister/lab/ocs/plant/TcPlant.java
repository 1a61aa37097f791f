package org.cloister.lab.ocs.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Light as packets that Linux redirects from one interface to another, in the namespace of this process. An interface
 * that is down leaves the other end of its cable without a carrier. Rules stay in the kernel when this process ends. A
 * port without an interface has no fibre; it is looked for again whenever light is led to it.
 */
public final class TcPlant implements Plant {

    /** The interfaces of this process's namespace, whatever is mounted at /sys. */
    private static final Path INTERFACES = Path.of("/proc/net/dev");
    private static final Path CARRIERS = Path.of("/sys/class/net");
    private static final Pattern REDIRECT = Pattern.compile("Redirect to device ([^)\\s]+)\\)");

    private final Commands commands = new Commands();
    private final IntFunction<String> interfaces;
    private final SortedSet<Integer> ports = new TreeSet<>();
    /** Ports with an interface, prepared. */
    private final SortedSet<Integer> usable = new TreeSet<>();
    /** Ports whose light goes somewhere. */
    private final SortedSet<Integer> leading = new TreeSet<>();
    /** Ports that lose packets. */
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
        find(ports);
        SortedMap<Integer, Integer> joined = new TreeMap<>();
        for (int port : usable) {
            String filters = commands.run("tc", batch.show(port));
            if (filters.contains(" bpf ")) {
                erroneous.add(port);
            }
            Matcher redirect = REDIRECT.matcher(filters);
            if (redirect.find()) {
                usable.stream().filter(other -> interfaces.apply(other).equals(redirect.group(1)))
                        .forEach(other -> joined.put(port, other));
            }
        }
        leading.addAll(joined.keySet());
        // faults end with the process that was told of them
        commands.run("tc", batch.loseNone(erroneous));
        erroneous.clear();
        // a port whose light goes nowhere is dark; the others are left alone
        commands.run("ip", batch.carrier(minus(usable, joined.keySet()), false));
        return joined;
    }

    /** Prepares ports that have an interface and were not prepared: a hook for filters, and silence. */
    private void find(Collection<Integer> wanted) {
        SortedSet<Integer> found = minus(wanted, usable);
        if (found.isEmpty()) {
            return;
        }
        Set<String> present = present();
        found.removeIf(port -> !present.contains(interfaces.apply(port)));
        String hooks = found.isEmpty() ? "" : commands.run("tc", List.of("qdisc show"));
        SortedSet<Integer> unhooked = new TreeSet<>(found);
        unhooked.removeIf(port -> hooks.contains("qdisc clsact ffff: dev " + interfaces.apply(port) + " "));
        commands.run("tc", batch.hooks(unhooked));
        found.forEach(this::silence);
        usable.addAll(found);
    }

    private static Set<String> present() {
        try {
            return Files.readAllLines(INTERFACES).stream().filter(line -> line.contains(":"))
                    .map(line -> line.substring(0, line.indexOf(':')).strip()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new PlantException(INTERFACES + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void apply(PlantChange change) {
        find(change.joined().keySet());
        SortedMap<Integer, Integer> joined = new TreeMap<>(change.joined());
        joined.entrySet().removeIf(join -> !usable.contains(join.getKey()) || !usable.contains(join.getValue()));
        // light to a port without a fibre goes nowhere
        SortedSet<Integer> cut = new TreeSet<>(change.cut());
        cut.addAll(minus(change.joined().keySet(), joined.keySet()));
        cut.retainAll(leading);
        leading.removeAll(cut);
        leading.addAll(joined.keySet());
        commands.run("ip", batch.carrier(usableOf(change.dark()), false));
        List<String> lines = new ArrayList<>(batch.cut(cut));
        lines.addAll(batch.join(joined));
        lines.addAll(errors(change.errors()));
        commands.run("tc", lines);
        commands.run("ip", batch.carrier(usableOf(change.bright()), true));
    }

    @Override
    public SortedSet<Integer> unlit(SortedSet<Integer> bright) {
        SortedSet<Integer> dark = usableOf(bright);
        dark.removeIf(this::lit);
        return dark;
    }

    /** What cannot be read counts as lit: the interface is not up, or this namespace's interfaces are not mounted there. */
    private boolean lit(int port) {
        try {
            return !Files.readString(CARRIERS.resolve(interfaces.apply(port)).resolve("carrier")).startsWith("0");
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void clean() {
        commands.run("ip", batch.carrier(usable, false));
        commands.run("tc", batch.unhook(usable));
    }

    private List<String> errors(SortedMap<Integer, Double> errors) {
        SortedMap<Integer, Double> some = new TreeMap<>(errors);
        some.entrySet().removeIf(error -> error.getValue() == 0 || !usable.contains(error.getKey()));
        SortedSet<Integer> none = minus(errors.keySet(), some.keySet());
        none.retainAll(erroneous);
        erroneous.removeAll(none);
        erroneous.addAll(some.keySet());
        List<String> lines = new ArrayList<>(batch.loseNone(none));
        lines.addAll(batch.lose(some));
        return lines;
    }

    private SortedSet<Integer> usableOf(Collection<Integer> some) {
        SortedSet<Integer> found = new TreeSet<>(some);
        found.retainAll(usable);
        return found;
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

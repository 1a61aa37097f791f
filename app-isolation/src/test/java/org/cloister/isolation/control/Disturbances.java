package org.cloister.isolation.control;

import org.cloister.isolation.fabric.Link;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onlab.packet.VlanId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Everything that may go wrong, or is asked for meanwhile: one thing at a time, chosen by the simulation's seed. */
final class Disturbances {

    /** A tag that no slice gets. */
    private static final short STRANGE_TAG = 4000;

    private final Simulation world;
    private final Random random;
    private final Wishes requests;
    private final List<Kind> kinds = new ArrayList<>();
    private int weights;

    Disturbances(Simulation world) {
        this.world = world;
        this.random = world.random;
        this.requests = new Wishes(world);
        kind(12, "put", requests::put);
        kind(8, "change", requests::change);
        kind(5, "remove", requests::remove);
        kind(2, "renew", requests::renew);
        kind(4, "drain", requests::drain);
        kind(3, "undrain", requests::undrain);
        kind(4, "connection lost", () -> connected(anySwitch(), false));
        kind(4, "connection back", () -> anyOf(each -> !each.available).ifPresent(each -> connected(each, true)));
        kind(2, "switch restarted", this::restartSwitch);
        kind(5, "answers of a switch", this::behave);
        kind(3, "rules refused", this::refuse);
        kind(3, "rules kept", this::keep);
        kind(2, "meters refused", this::refuseMeters);
        kind(3, "slower switch", () -> anySwitch().latency = Duration.ofMillis(1 + random.nextInt(3000)));
        kind(3, "slower cluster", () -> anySwitch().dispatch = Duration.ofMillis(1 + random.nextInt(3000)));
        kind(2, "reads lost", () -> anySwitch().mute ^= true);
        kind(2, "rules untold", () -> anySwitch().unreadable ^= true);
        kind(2, "meters untold", () -> world.bench.meters.silent(random.nextBoolean()));
        kind(4, "rule lost", this::loseRule);
        kind(2, "meter lost", this::loseMeter);
        kind(2, "foreign rule", this::plant);
        kind(5, "link down", this::linkDown);
        kind(4, "link up", this::linkUp);
        kind(3, "node stopped", () -> stop(false));
        kind(3, "node killed", () -> stop(true));
        kind(4, "node started", this::startNode);
        kind(3, "node stood still", this::sleep);
        kind(3, "node cut off from the store", this::cutOff);
        kind(3, "other leader", this::choose);
        kind(2, "answers of the store", () -> world.answersLost = random.nextInt(3) == 0 ? 20 : 0);
        kind(2, "documents heard late", () -> anyNode().ifPresent(node ->
                node.hears = Duration.ofMillis(1 + random.nextInt(5000))));
        kind(2, "ONOS restarted", this::restartOnos);
        kind(1, "configuration gone", () -> world.bench.fabric.configure(Optional.empty()));
        kind(4, "healed", this::heal);
        if (world.optical) {
            kind(6, "optical port broken", this::breakOpticalPort);
            kind(3, "optical port mended", () -> world.bench.optics.mends(opticalPort()));
            kind(3, "optical switch away", () -> world.bench.optics.away(opticalSwitch(), true));
            kind(3, "optical switch back", () -> world.bench.optics.away(opticalSwitch(), false));
            kind(2, "light slow", () -> world.bench.optics.takes = Duration.ofMillis(random.nextInt(90_000)));
            kind(2, "nobody moves light", () -> world.bench.optics.present(false));
            kind(2, "somebody moves light", () -> world.bench.optics.present(true));
        }
    }

    private void kind(int weight, String name, Runnable happens) {
        kinds.add(new Kind(weight, name, happens));
        weights += weight;
    }

    /** Asks for slices while all is well. */
    void begin(int slices) {
        for (int slice = 0; slice < slices; slice++) {
            requests.put();
        }
    }

    /** Has something happen. */
    void step() {
        int drawn = random.nextInt(weights);
        for (Kind kind : kinds) {
            drawn -= kind.weight;
            if (drawn < 0) {
                world.tally.count("events " + kind.name);
                world.findings.note("* " + kind.name);
                kind.happens.run();
                return;
            }
        }
    }

    /** Returns how long it is until something else happens. */
    Duration pause() {
        int drawn = random.nextInt(20);
        return Duration.ofMillis(drawn == 0 ? random.nextInt(40_000) : drawn < 4 ? 0 : random.nextInt(5_000));
    }

    /** Has everything work again from now on. */
    void end() {
        heal();
        world.down.clear();
        world.portsDown.clear();
        world.unreached.clear();
        world.answersLost = 0;
        world.showFabric();
        world.ids.stream().filter(id -> !world.nodes.containsKey(id)).forEach(world::start);
        if (random.nextBoolean()) {
            requests.undrainAll(world.nodes.values().iterator().next());
        }
        world.leadership.choose(world.leadership.leader() == null ? world.ids.get(0) : world.leadership.leader());
        world.nodes.values().forEach(node -> {
            node.hears = Duration.ofMillis(1);
            node.sleep(world.bench.time.now());
            world.hear(node);
        });
    }

    private void heal() {
        for (FakeSwitch each : world.switches()) {
            if (!each.obeys()) {
                world.referee.disturbed(each);
            }
            each.behaviour = FakeSwitch.Behaviour.OBEY;
            each.refuses = rule -> false;
            each.keeps = rule -> false;
            each.refusing = false;
            each.refusesMeters = size -> false;
            each.mute = false;
            each.unreadable = false;
            each.latency = Duration.ofMillis(1 + random.nextInt(200));
            each.dispatch = Duration.ofMillis(1);
            if (!each.available) {
                connected(each, true);
            }
        }
        world.bench.meters.silent(false);
        world.bench.optics.takes = Duration.ofMillis(random.nextInt(3_000));
        world.bench.optics.heal();
        world.showFabric();
    }

    private FakeSwitch anySwitch() {
        List<FakeSwitch> all = world.switches();
        return all.get(random.nextInt(all.size()));
    }

    private Optional<FakeSwitch> anyOf(Predicate<FakeSwitch> which) {
        return world.switches().stream().filter(which).findFirst();
    }

    private Optional<ClusterNode> anyNode() {
        List<ClusterNode> all = new ArrayList<>(world.nodes.values());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private void breakOpticalPort() {
        String port = opticalPort();
        world.findings.note(port + " breaks");
        world.bench.optics.breaks(port, "broken");
    }

    private String opticalSwitch() {
        List<String> names = List.copyOf(world.wiring.fibres().keySet());
        return names.get(random.nextInt(names.size()));
    }

    private String opticalPort() {
        String name = opticalSwitch();
        List<String> ports = new ArrayList<>(new TreeSet<>(world.wiring.fibres().get(name).keySet()));
        return name + "/" + ports.get(random.nextInt(ports.size()));
    }

    private void connected(FakeSwitch at, boolean now) {
        if (at.available != now) {
            world.findings.note(at.device + (now ? " is back" : " is away"));
            world.referee.disturbed(at);
            world.bench.devices.available(at, now);
            world.showFabric();
        }
    }

    /** A switch that restarts forgets its rules and meters; its connection breaks. */
    private void restartSwitch() {
        FakeSwitch at = anySwitch();
        world.findings.note(at.device + " restarts");
        connected(at, false);
        List.copyOf(at.rules.keySet()).forEach(rule -> world.bench.onos.lose(at, rule));
        at.meters.clear();
        world.bench.time.schedule(() -> connected(at, true), random.nextInt(20_000), TimeUnit.MILLISECONDS);
    }

    private void behave() {
        FakeSwitch at = anySwitch();
        at.behaviour = FakeSwitch.Behaviour.values()[random.nextInt(FakeSwitch.Behaviour.values().length)];
        world.tally.count("events answers " + at.behaviour);
        world.findings.note(at.device + " " + at.behaviour);
        world.referee.disturbed(at);
    }

    private void refuse() {
        FakeSwitch at = anySwitch();
        at.refuses = some();
        at.refusing = true;
        world.referee.disturbed(at);
    }

    private void keep() {
        FakeSwitch at = anySwitch();
        at.keeps = some();
        at.refusing = true;
        world.referee.disturbed(at);
    }

    private void refuseMeters() {
        FakeSwitch at = anySwitch();
        boolean all = random.nextBoolean();
        at.refusesMeters = size -> all || size.bitsPerSecond() % 2 == 0;
    }

    /** The same rules in every run: hash codes of rules differ from one to the next. */
    private Predicate<FlowRule> some() {
        int chosen = random.nextInt(5);
        return rule -> Math.floorMod((rule.priority() + rule.selector().criteria().toString()
                + rule.treatment().immediate()).hashCode(), 5) == chosen;
    }

    private void loseRule() {
        FakeSwitch at = anySwitch();
        List<FlowRule> rules = new ArrayList<>(at.rules.keySet());
        if (!rules.isEmpty()) {
            world.bench.onos.lose(at, rules.get(random.nextInt(rules.size())));
        }
    }

    private void loseMeter() {
        anyOf(each -> !each.meters.isEmpty()).ifPresent(at ->
                world.bench.onos.loseMeter(at, at.meters.firstKey()));
    }

    /** A rule of ours that nobody wants, as another version of the application may have left it. */
    private void plant() {
        FakeSwitch at = anySwitch();
        world.bench.onos.plant(at, DefaultFlowRule.builder().forDevice(at.device).forTable(1 + random.nextInt(2))
                .withPriority(1 + random.nextInt(100))
                .withSelector(DefaultTrafficSelector.builder().matchVlanId(VlanId.vlanId(STRANGE_TAG)).build())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(1)).build())
                .fromApp(new DefaultApplicationId(42, "org.cloister")).makePermanent().build());
    }

    private void linkDown() {
        List<Link> links = world.links();
        if (links.isEmpty()) {
            return;
        }
        Link link = links.get(random.nextInt(links.size()));
        world.findings.note(link + " is down");
        world.down.add(link);
        world.down.add(Link.of(link.to(), link.from()));
        if (random.nextBoolean()) {
            world.portsDown.add(link.from());
        }
        world.showFabric();
    }

    private void linkUp() {
        if (!world.down.isEmpty()) {
            Link link = world.down.iterator().next();
            world.findings.note(link + " is up");
            world.down.remove(link);
            world.down.remove(Link.of(link.to(), link.from()));
            world.portsDown.removeAll(List.of(link.from(), link.to()));
        }
        world.showFabric();
    }

    private void stop(boolean killed) {
        anyNode().ifPresent(node -> {
            world.findings.note(node.id + (killed ? " is killed" : " stops"));
            world.nodes.remove(node.id);
            if (killed) {
                node.kill();
            } else {
                node.stop();
            }
            if (node.id.equals(world.leadership.leader())) {
                chooseAmongRunning();
            }
        });
    }

    private void startNode() {
        world.ids.stream().filter(id -> !world.nodes.containsKey(id)).findFirst().ifPresent(id -> {
            world.start(id);
            if (world.leadership.leader() == null) {
                chooseAmongRunning();
            }
        });
    }

    private void chooseAmongRunning() {
        world.leadership.choose(anyNode().map(node -> node.id).orElse(null));
        tell();
    }

    private void choose() {
        NodeId chosen = random.nextInt(6) == 0 ? null : anyNode().map(node -> node.id).orElse(null);
        world.findings.note("leader is " + chosen);
        world.leadership.choose(chosen);
        tell();
    }

    /** Nodes hear of a new leader at different times, or very late. */
    private void tell() {
        world.nodes.values().forEach(node -> world.bench.time.schedule(() -> world.hear(node),
                random.nextInt(3) == 0 ? random.nextInt(40_000) : random.nextInt(500), TimeUnit.MILLISECONDS));
    }

    private void sleep() {
        anyNode().ifPresent(node -> {
            Duration length = Duration.ofMillis(random.nextInt(40_000));
            world.findings.note(node.id + " stands still for " + length);
            node.sleep(world.bench.time.now().plus(length));
            if (node.id.equals(world.leadership.leader()) && random.nextBoolean()) {
                choose();
            }
        });
    }

    private void cutOff() {
        anyNode().ifPresent(node -> {
            Duration length = Duration.ofMillis(random.nextInt(40_000));
            world.findings.note(node.id + " does not reach the store for " + length);
            world.unreached.put(node.id, world.bench.time.now().plus(length));
            if (node.id.equals(world.leadership.leader()) && random.nextBoolean()) {
                choose();
            }
        });
    }

    /** The whole of ONOS is killed: what it keeps in memory is lost, switches keep their rules. */
    private void restartOnos() {
        List.copyOf(world.nodes.values()).forEach(node -> {
            world.nodes.remove(node.id);
            node.kill();
        });
        world.bench.onos.forget();
        world.bench.onos.newSender();
        world.switches().forEach(each -> world.referee.disturbed(each));
        world.leadership.choose(null);
        world.bench.time.pass(Duration.ofMillis(random.nextInt(20_000)));
        world.ids.forEach(world::start);
        chooseAmongRunning();
    }

    /** Something that may happen. */
    private static final class Kind {

        private final int weight;
        private final String name;
        private final Runnable happens;

        private Kind(int weight, String name, Runnable happens) {
            this.weight = weight;
            this.name = name;
            this.happens = happens;
        }
    }
}

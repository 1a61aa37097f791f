package org.cloister.lab.ocs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cloister.lab.ocs.device.Circuit;
import org.cloister.lab.ocs.device.OpticalSwitch;
import org.cloister.lab.ocs.device.Writer;
import org.cloister.lab.ocs.fault.Fault;
import org.cloister.lab.ocs.fault.FaultCheck;
import org.cloister.lab.ocs.fault.FaultKind;
import org.cloister.lab.ocs.fault.Faults;
import org.cloister.lab.ocs.gnmi.Gate;
import org.cloister.lab.ocs.gnmi.GnmiServer;
import org.cloister.lab.ocs.gnmi.GnmiService;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.logging.Logger;

/** Makes things go wrong, and right again. Used by the switch's thread. */
final class Injector {

    private static final Logger LOG = Logger.getLogger(Injector.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpticalSwitch device;
    private final Writer writer;
    private final GnmiService service;
    private final Gate gate;
    private final GnmiServer server;
    private final Faults faults;
    private final Later later;
    private final SecondWriter secondWriter;

    Injector(OpticalSwitch device, Writer writer, GnmiService service, Gate gate, GnmiServer server, Faults faults,
            Later later) {
        this.device = device;
        this.writer = writer;
        this.secondWriter = new SecondWriter(writer);
        this.service = service;
        this.gate = gate;
        this.server = server;
        this.faults = faults;
        this.later = later;
    }

    GnmiServer server() {
        return server;
    }

    void inject(FaultKind kind, ObjectNode parameters) {
        Fault fault = new Fault(kind, parameters);
        check(fault);
        LOG.info("fault: " + fault.json());
        if (kind == FaultKind.SECOND_WRITER) {
            secondWriter.come(fault);
        }
        faults.add(fault);
        switch (kind) {
            case SUBSCRIBE_DROP:
                service.dropSubscribers("dropped");
                if (!"true".equals(fault.text("refuse").orElse(""))) {
                    faults.remove(fault);
                }
                break;
            case MANAGEMENT_DEAD:
                if (fault.text("mode").filter("closed"::equals).isPresent()) {
                    server.stop();
                }
                break;
            case COLD_REBOOT:
                server.stop();
                device.powerOff();
                later.after(Times.millis(fault.number("millis", 0, Double.MAX_VALUE)), () -> powerOn(fault));
                break;
            case SUBSCRIBE_LATE:
            case SUBSCRIBE_DUPLICATE:
            case DEADLINE_BUT_APPLIED:
            case SECOND_WRITER:
                break;
            default:
                device.broke(fault);
                break;
        }
    }

    int clear(String kind, ObjectNode parameters) {
        List<Fault> gone = new ArrayList<>();
        if (kind.equals("all")) {
            List.of(FaultKind.values()).forEach(one -> gone.addAll(faults.remove(one, parameters)));
        } else {
            gone.addAll(faults.remove(FaultKind.of(kind), parameters));
        }
        for (Fault fault : gone) {
            LOG.info("mended: " + fault.json());
            mend(fault);
        }
        return gone.size();
    }

    private void mend(Fault fault) {
        switch (fault.kind()) {
            case MANAGEMENT_DEAD:
                service.dropSubscribers("the management has started anew");
                gate.revive();
                server.start();
                break;
            case COLD_REBOOT:
                faults.add(fault);
                powerOn(fault);
                break;
            case SECOND_WRITER:
                secondWriter.leave(fault);
                break;
            case SUBSCRIBE_DROP:
            case SUBSCRIBE_LATE:
            case SUBSCRIBE_DUPLICATE:
            case DEADLINE_BUT_APPLIED:
                break;
            default:
                device.mended(fault);
                break;
        }
    }

    private void powerOn(Fault fault) {
        if (faults.all().contains(fault)) {
            faults.remove(fault);
            writer.boot();
            device.powerOn();
            if (faults.any(FaultKind.COLD_REBOOT).isEmpty()) {
                server.start();
            }
        }
    }

    private void check(Fault fault) {
        FaultCheck.check(fault, device.ports().names());
        if (fault.kind() == FaultKind.HARDWARE_ONLY_CONNECTION) {
            Circuit circuit = new Circuit(fault.required("one"), fault.required("other"));
            device.connections().values().stream().filter(one -> one.circuit().touches(circuit)).findFirst()
                    .ifPresent(user -> {
                        throw new IllegalArgumentException(fault.kind().label() + ": " + circuit
                                + " is in the way of connection " + user.name() + " between " + user.circuit());
                    });
        }
    }

    ObjectNode show(Times times) {
        ObjectNode shown = JSON.createObjectNode();
        ObjectNode connections = shown.putObject("connections");
        device.connections().forEach((name, connection) -> connections.putObject(name)
                .put("input", connection.circuit().input()).put("output", connection.circuit().output())
                .put("configured", connection.configured()).put("status", connection.status().name())
                .put("reason", connection.reason()));
        ObjectNode light = shown.putObject("light");
        device.mates().forEach(light::put);
        new TreeSet<>(device.bright()).forEach(shown.putArray("carrier")::add);
        device.configuration().disabled().forEach(shown.putArray("disabled")::add);
        shown.put("coldBootRecovery", device.configuration().recovery().name());
        shown.put("electionId", writer.highest().map(BigInteger::toString).orElse(null));
        shown.put("pendingCommit", writer.pending().map(pending -> pending.id()).orElse(null));
        shown.putObject("times").put("switchingMillis", times.switching().toNanos() / 1e6)
                .put("opticsMillis", times.optics().toNanos() / 1e6);
        faults.all().stream().map(Fault::json).forEach(shown.putArray("faults")::add);
        return shown;
    }
}

package org.cloister.lab.ocs.device;

/** A connection as the switch shows it. Changed by {@link OpticalSwitch} only. */
public final class Connection {

    private final String name;
    private final Circuit circuit;
    private boolean configured;
    private ConnectionStatus status;
    private String reason = "";
    private String culprit = "";
    private long updatedNs;
    /** The move that it waits for; 0 for none. */
    private long move;

    Connection(String name, Circuit circuit, boolean configured, ConnectionStatus status, long updatedNs) {
        this.name = name;
        this.circuit = circuit;
        this.configured = configured;
        this.status = status;
        this.updatedNs = updatedNs;
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns what it joins. */
    public Circuit circuit() {
        return circuit;
    }

    /** Whether the configuration has it. */
    public boolean configured() {
        return configured;
    }

    /** Returns how it fares. */
    public ConnectionStatus status() {
        return status;
    }

    /** Returns why; empty where there is nothing to say. */
    public String reason() {
        return reason;
    }

    /** Returns when its status changed, nanoseconds since the epoch. */
    public long updatedNs() {
        return updatedNs;
    }

    String culprit() {
        return culprit;
    }

    long move() {
        return move;
    }

    void waitFor(long number) {
        move = number;
    }

    void forgotten() {
        configured = false;
    }

    void becomes(Verdict verdict, long now) {
        if (status != verdict.status() || !reason.equals(verdict.reason())) {
            updatedNs = now;
        }
        status = verdict.status();
        reason = verdict.reason();
        culprit = verdict.culprit();
    }

    /**
     * How a connection fares and why.
     *
     * @param culprit the port at fault; empty for none
     */
    record Verdict(ConnectionStatus status, String reason, String culprit) {

        static Verdict of(ConnectionStatus status) {
            return new Verdict(status, "", "");
        }
    }
}

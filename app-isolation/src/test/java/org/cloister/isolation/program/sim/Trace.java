package org.cloister.isolation.program.sim;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.List;

/** What became of one frame. */
public final class Trace {

    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<Link> crossed = new ArrayList<>();
    private final List<FabricPort> punted = new ArrayList<>();
    private final List<String> meters = new ArrayList<>();
    private boolean looped;

    /** Returns what left the fabric at ports that no link begins at. */
    public List<Delivery> deliveries() {
        return deliveries;
    }

    /** Returns the links that the frame or copies of it crossed, in order. */
    public List<Link> crossed() {
        return crossed;
    }

    /** Returns the ports at which the frame came in when a switch sent it to the controller. */
    public List<FabricPort> punted() {
        return punted;
    }

    /** Returns the meters that the frame passed, in order: the switch's name, a slash, the meter's id. */
    public List<String> meters() {
        return meters;
    }

    /** Returns whether the frame came to a port where it had been. */
    public boolean looped() {
        return looped;
    }

    void loop() {
        looped = true;
    }

    @Override
    public String toString() {
        return "deliveries " + deliveries + ", crossed " + crossed + ", punted at " + punted
                + (looped ? ", looped" : "");
    }

    /** A frame that leaves the fabric. */
    public static final class Delivery {
        private final FabricPort port;
        private final Frame frame;

        Delivery(FabricPort port, Frame frame) {
            this.port = port;
            this.frame = frame;
        }

        /** Returns the port that it leaves from. */
        public FabricPort port() {
            return port;
        }

        /** Returns the frame as it leaves. */
        public Frame frame() {
            return frame;
        }

        @Override
        public String toString() {
            return frame + " at " + port;
        }
    }
}

package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One step towards what is wanted. What carries it out is a {@link Visitor}. */
public abstract class Operation {

    private Operation() {
    }

    /** Has a visitor carry it out. */
    public abstract void accept(Visitor visitor);

    /** Returns whether it changes anything: only the one leader may do that. */
    public boolean changes() {
        return true;
    }

    /** Carries operations out. */
    public interface Visitor {

        /** Gives a slice what it asked for: the one kind of document that only the leader may write. */
        void allocate(Allocate allocate);

        /** Writes a slice's next document. */
        void write(Write write);

        /** Deletes a slice's document. */
        void drop(Drop drop);

        /** Says which circuits a slice wants. */
        void demand(Demand demand);

        /** Changes the rules of one device. */
        void apply(Apply apply);

        /** Submits and withdraws meters of one device. */
        void meter(Meter meter);

        /** Has the table of a device read soon: something waits for it. */
        void read(Read read);

        /** Has the meters of a device read soon: something waits for it. */
        void readMeters(ReadMeters read);

        /** Looks again at a time, because something falls due then. */
        void wake(Wake wake);
    }

    /** A slice's next document, in place of the one that it was derived from. */
    public abstract static class Document extends Operation {

        private final VersionedSlice from;
        private final StoredSlice next;

        private Document(VersionedSlice from, StoredSlice next) {
            this.from = Objects.requireNonNull(from, "from is null");
            this.next = Objects.requireNonNull(next, "next is null");
        }

        /** Returns the document that it replaces. */
        public VersionedSlice from() {
            return from;
        }

        /** Returns the next document. */
        public StoredSlice next() {
            return next;
        }
    }

    /** A document that holds something new; fenced, because two leaders could give out the same links or meters. */
    public static final class Allocate extends Document {

        /** Creates one that replaces just this version of a document. */
        public Allocate(VersionedSlice from, StoredSlice next) {
            super(from, next);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.allocate(this);
        }

        @Override
        public String toString() {
            return "allocate " + from() + " to " + next().state();
        }
    }

    /** A document that holds nothing new. */
    public static final class Write extends Document {

        /** Creates one that replaces just this version of a document. */
        public Write(VersionedSlice from, StoredSlice next) {
            super(from, next);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.write(this);
        }

        @Override
        public String toString() {
            return "write " + from() + " to " + next().state();
        }
    }

    /** The end of a slice's document. */
    public static final class Drop extends Operation {

        private final VersionedSlice slice;

        /** Creates one that deletes just this version of a document. */
        public Drop(VersionedSlice slice) {
            this.slice = Objects.requireNonNull(slice, "slice is null");
        }

        /** Returns the document that goes. */
        public VersionedSlice slice() {
            return slice;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.drop(this);
        }

        @Override
        public String toString() {
            return "drop " + slice;
        }
    }

    /** All circuits that a slice wants from now on; none to want none. */
    public static final class Demand extends Operation {

        private final SliceId slice;
        private final SortedSet<Circuit> circuits;

        /** Creates a demand for just these circuits. */
        public Demand(SliceId slice, SortedSet<Circuit> circuits) {
            this.slice = Objects.requireNonNull(slice, "slice is null");
            this.circuits = Collections.unmodifiableSortedSet(new TreeSet<>(circuits));
        }

        /** Returns whose demand it is. */
        public SliceId slice() {
            return slice;
        }

        /** Returns all circuits that are wanted; none to want none. */
        public SortedSet<Circuit> circuits() {
            return circuits;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.demand(this);
        }

        @Override
        public String toString() {
            return "demand " + circuits + " for " + slice;
        }
    }

    /** Rules to add and rules to remove; no key is among both. */
    public static final class Apply extends Operation {

        private final DeviceId device;
        private final List<FlowRule> adds;
        private final List<FlowRule> removes;

        /** Creates a change of one device, the removals first. */
        public Apply(DeviceId device, List<FlowRule> adds, List<FlowRule> removes) {
            this.device = Objects.requireNonNull(device, "device is null");
            this.adds = List.copyOf(adds);
            this.removes = List.copyOf(removes);
        }

        /** Returns the device. */
        public DeviceId device() {
            return device;
        }

        /** Returns the rules that are to be there. */
        public List<FlowRule> adds() {
            return adds;
        }

        /** Returns the rules that are to go, by key. */
        public List<FlowRule> removes() {
            return removes;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.apply(this);
        }

        @Override
        public String toString() {
            return "apply +" + adds.size() + " -" + removes.size() + " on " + device;
        }
    }

    /** Meters to submit, whose ids ONOS will choose, and meters to withdraw. */
    public static final class Meter extends Operation {

        private final DeviceId device;
        private final List<MeterSize> submits;
        private final SortedMap<Long, MeterSize> withdrawals;

        /** Creates a change of one device's meters. */
        public Meter(DeviceId device, List<MeterSize> submits, SortedMap<Long, MeterSize> withdrawals) {
            this.device = Objects.requireNonNull(device, "device is null");
            this.submits = List.copyOf(submits);
            this.withdrawals = Collections.unmodifiableSortedMap(new TreeMap<>(withdrawals));
        }

        /** Returns the device. */
        public DeviceId device() {
            return device;
        }

        /** Returns the sizes of the meters that are to be made. */
        public List<MeterSize> submits() {
            return submits;
        }

        /** By id. */
        public SortedMap<Long, MeterSize> withdrawals() {
            return withdrawals;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.meter(this);
        }

        @Override
        public String toString() {
            return "meters +" + submits.size() + " -" + withdrawals.keySet() + " on " + device;
        }
    }

    /** A wish for a read of a device's meters. */
    public static final class ReadMeters extends Operation {

        private final DeviceId device;

        ReadMeters(DeviceId device) {
            this.device = Objects.requireNonNull(device, "device is null");
        }

        /** Returns the device. */
        public DeviceId device() {
            return device;
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.readMeters(this);
        }

        @Override
        public String toString() {
            return "read meters of " + device;
        }
    }

    /** A wish for a read of a device's table. */
    public static final class Read extends Operation {

        private final DeviceId device;
        private final boolean urgent;

        Read(DeviceId device, boolean urgent) {
            this.device = Objects.requireNonNull(device, "device is null");
            this.urgent = urgent;
        }

        /** Returns whether it cannot wait for ONOS's own pace, whatever the administrator has chosen for others. */
        public boolean urgent() {
            return urgent;
        }

        /** Returns the device. */
        public DeviceId device() {
            return device;
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.read(this);
        }

        @Override
        public String toString() {
            return (urgent ? "read at once " : "read ") + device;
        }
    }

    /** The earliest time at which something falls due. */
    public static final class Wake extends Operation {

        private final Instant at;

        Wake(Instant at) {
            this.at = Objects.requireNonNull(at, "at is null");
        }

        /** Returns the time. */
        public Instant at() {
            return at;
        }

        @Override
        public boolean changes() {
            return false;
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.wake(this);
        }

        @Override
        public String toString() {
            return "wake at " + at;
        }
    }
}

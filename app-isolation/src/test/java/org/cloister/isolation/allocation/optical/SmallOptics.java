package org.cloister.isolation.allocation.optical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Small optical fabrics with some of their light taken and some of it idle, and needs, by seed. */
final class SmallOptics {

    final OpticalOccupancy occupancy;
    final OpticalNeed need;

    private SmallOptics(OpticalOccupancy occupancy, OpticalNeed need) {
        this.occupancy = occupancy;
        this.need = need;
    }

    /**
     * Returns the instance of a seed.
     *
     * @param most how many leaves, colours, spines and optical switches there are at most
     */
    static SmallOptics of(long seed, int most) {
        return of(seed, most, 0);
    }

    /**
     * Returns the instance of a seed in which some circuits carry no light, some of those because one of their ports is
     * out of use, some lead to no port of the fabric and some join two ports that are not to be joined.
     */
    static SmallOptics withFailures(long seed, int most) {
        return of(seed, most, 1 + (int) (seed % 9));
    }

    private static SmallOptics of(long seed, int most, int failing) {
        SplittableRandom random = new SplittableRandom(seed);
        int leaves = random.nextInt(2, most + 1);
        int spines = random.nextInt(1, most + 1);
        int switches = random.nextInt(1, most + 1);
        int colours = random.nextInt(1, Math.min(most, switches + 1) + 1);
        boolean several = random.nextInt(3) == 0;
        int[][] leafPorts = ports(random, leaves, switches, several);
        int[][] spinePorts = ports(random, spines, switches, random.nextBoolean());
        OpticalFabric fabric = new OpticalFabric(new int[leaves], switches, leafPorts, spinePorts);
        OpticalOccupancy occupancy = OpticalOccupancy.dark(fabric);
        join(random, occupancy, failing, new SplittableRandom(~seed));
        int taken = random.nextInt(5);
        for (int port = 0; port < fabric.ports(); port++) {
            if (random.nextInt(10) < taken) {
                occupancy.withhold(port);
            }
        }
        return new SmallOptics(occupancy, need(random, leaves, colours));
    }

    /**
     * Returns an instance with hardly more light than is needed: one uplink of each leaf at each optical switch, one
     * port of each spine, some of them taken, at least as many left as there are colours.
     */
    static SmallOptics tight(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int leaves = random.nextInt(2, 5);
        int switches = random.nextInt(3, 5);
        int colours = random.nextInt(2, 4);
        int spines = random.nextInt(2, 4);
        int[][] leafPorts = new int[leaves][switches];
        int[][] spinePorts = new int[spines][switches];
        Arrays.stream(leafPorts).forEach(row -> Arrays.fill(row, 1));
        Arrays.stream(spinePorts).forEach(row -> Arrays.fill(row, 1 + random.nextInt(2)));
        OpticalOccupancy occupancy = OpticalOccupancy.dark(
                new OpticalFabric(new int[leaves], switches, leafPorts, spinePorts));
        for (int port = 0; port < occupancy.fabric().ports(); port++) {
            int leaf = occupancy.fabric().leaf(port);
            if (random.nextInt(4) == 0 && (leaf < 0 || occupancy.freeUplinks(leaf) > colours)) {
                occupancy.withhold(port);
            }
        }
        int[] all = IntStream.range(0, leaves).toArray();
        int[][] places = new int[colours][];
        Arrays.fill(places, all);
        return new SmallOptics(occupancy, OpticalNeed.of(all, places));
    }

    private static int[][] ports(SplittableRandom random, int devices, int switches, boolean several) {
        int[][] ports = new int[devices][switches];
        for (int[] row : ports) {
            for (int at = 0; at < switches; at++) {
                row[at] = random.nextInt(8) == 0 ? 0 : several ? random.nextInt(1, 3) : 1;
            }
        }
        return ports;
    }

    private static void join(SplittableRandom random, OpticalOccupancy occupancy, int failing,
                             SplittableRandom failures) {
        OpticalFabric fabric = occupancy.fabric();
        int share = random.nextInt(5);
        List<PortPair> pairs = new ArrayList<>();
        for (int low = 0; low < fabric.ports(); low++) {
            for (int high = low + 1; high < fabric.ports(); high++) {
                if (fabric.opticalSwitch(low) == fabric.opticalSwitch(high) && fabric.leaf(low) >= 0
                        && fabric.leaf(low) != fabric.leaf(high)
                        && (fabric.leaf(high) < 0 || random.nextInt(4) == 0)) {
                    pairs.add(PortPair.of(low, high));
                }
            }
        }
        Collections.shuffle(pairs, new java.util.Random(random.nextLong()));
        for (PortPair pair : pairs) {
            if (random.nextInt(5) < share && occupancy.joined(pair.low()) < 0 && occupancy.joined(pair.high()) < 0) {
                if (failures.nextInt(10) < failing) {
                    occupancy.joinWithoutLight(pair.low(), pair.high());
                } else {
                    occupancy.join(pair);
                }
            }
        }
        for (int port = 0; port < fabric.ports() && failing > 0; port++) {
            int other = Math.min(port + failures.nextInt(2), fabric.ports() - 1);
            if (failures.nextInt(20) < failing && occupancy.joined(port) < 0 && occupancy.joined(other) < 0
                    && fabric.opticalSwitch(port) == fabric.opticalSwitch(other)) {
                occupancy.joinWithoutLight(port, other);
            }
        }
    }

    private static OpticalNeed need(SplittableRandom random, int leaves, int colours) {
        int[] all = IntStream.range(0, leaves).toArray();
        boolean whole = random.nextBoolean();
        int[][] places = new int[colours][];
        for (int colour = 0; colour < colours; colour++) {
            int[] some = IntStream.of(all).filter(place -> whole || random.nextInt(3) > 0).toArray();
            places[colour] = some.length == 0 ? all : some;
        }
        OpticalNeed need = OpticalNeed.of(all, places);
        return random.nextBoolean() ? need : need.withDistinctSpines();
    }
}

package org.cloister.isolation.allocation.traffic;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/** Goes through the steps of collectives, one by one. */
public final class Steps {

    private Steps() {
    }

    /**
     * Returns whether in no step of any one collective two pairs cross the same link. Pairs of one step have neither
     * source nor destination in common, so each brings a flow's worth.
     *
     * @param links how many links there are
     * @param up the number of the link from its leaf that what a rank sends to another one crosses
     * @param down the number of the link to the other's leaf that it crosses
     */
    public static boolean fit(Demand demand, int links, IntBinaryOperator up, IntBinaryOperator down) {
        Attachments attachments = demand.attachments();
        int[] lastSeen = new int[links];
        Arrays.fill(lastSeen, -1);
        int moment = 0;
        for (Collective collective : demand.collectives()) {
            int steps = collective.inStep() ? collective.steps() : 0;
            for (int step = 0; step < steps; step++, moment++) {
                for (int position = 0; position < collective.size(); position++) {
                    int source = collective.rank(position);
                    int target = collective.target(step, position);
                    if (attachments.crosses(source, target)) {
                        int first = up.applyAsInt(source, target);
                        int last = down.applyAsInt(source, target);
                        if (lastSeen[first] == moment || lastSeen[last] == moment) {
                            return false;
                        }
                        lastSeen[first] = moment;
                        lastSeen[last] = moment;
                    }
                }
            }
        }
        return true;
    }
}

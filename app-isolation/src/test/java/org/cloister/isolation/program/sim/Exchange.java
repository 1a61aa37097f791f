package org.cloister.isolation.program.sim;

import org.cloister.isolation.api.PatternType;
import org.immutables.value.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One rank sends to another, in one step of one group's pattern. */
@Value.Immutable
public interface Exchange {

    int sender();

    int receiver();

    int group();

    int step();

    /** Returns all that a group exchanges in the course of a pattern, from the pattern's definition. */
    static List<Exchange> of(PatternType type, int group, List<Integer> ranks) {
        int size = ranks.size();
        List<Exchange> exchanges = new ArrayList<>();
        for (int position = 0; position < size; position++) {
            switch (type) {
                case RING:
                    add(exchanges, ranks, position, (position + 1) % size, group, 0);
                    break;
                case HALVING_DOUBLING:
                    for (int step = 0; 1 << step < size; step++) {
                        add(exchanges, ranks, position, position ^ 1 << step, group, step);
                    }
                    break;
                case ALL_TO_ALL:
                    for (int step = 1; step < size; step++) {
                        add(exchanges, ranks, position, (position + step) % size, group, step);
                    }
                    break;
                case ANY:
                    // all at once
                    for (int step = 1; step < size; step++) {
                        add(exchanges, ranks, position, (position + step) % size, group, 0);
                    }
                    break;
                default:
                    throw new IllegalArgumentException("pattern " + type);
            }
        }
        return exchanges;
    }

    /** Returns all that is exchanged in steps that were given pair by pair. */
    static List<Exchange> ofSteps(List<List<List<Integer>>> steps) {
        List<Exchange> exchanges = new ArrayList<>();
        for (int step = 0; step < steps.size(); step++) {
            for (List<Integer> pair : steps.get(step)) {
                exchanges.add(ImmutableExchange.builder().sender(pair.get(0)).receiver(pair.get(1)).group(0).step(step)
                        .build());
            }
        }
        return exchanges;
    }

    /** Returns all that servers and workers of a group exchange, at any time. */
    static List<Exchange> ofServers(int group, List<Integer> ranks, Set<Integer> servers) {
        List<Exchange> exchanges = of(PatternType.ANY, group, ranks);
        exchanges.removeIf(each -> servers.contains(each.sender()) == servers.contains(each.receiver()));
        return exchanges;
    }

    private static void add(List<Exchange> exchanges, List<Integer> ranks, int from, int to, int group, int step) {
        if (from != to) {
            exchanges.add(ImmutableExchange.builder().sender(ranks.get(from)).receiver(ranks.get(to)).group(group).step(step)
                    .build());
        }
    }
}

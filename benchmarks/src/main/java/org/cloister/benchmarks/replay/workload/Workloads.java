package org.cloister.benchmarks.replay.workload;

import org.cloister.benchmarks.replay.TraceSource;
import org.cloister.benchmarks.replay.files.BadFileException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Workloads by their description, in place of a file: {@code generate:ocs-vclos?jobs=5000&seed=1} or
 * {@code generate:laas?mean=64&jobs=10000}. Each seed of a replay draws jobs of its own, unless {@code seed} says which to
 * draw for all of them.
 */
public final class Workloads {

    /** What a description begins with. */
    public static final String PREFIX = "generate:";

    private static final String OCS_VCLOS = "ocs-vclos";
    private static final String LAAS = "laas";
    private static final int MOST_JOBS = 1_000_000;
    private static final double MOST_MEAN = 1e6;

    private final String text;
    private final Map<String, String> options = new LinkedHashMap<>();

    private Workloads(String text) {
        this.text = text;
    }

    /**
     * Returns the workload that a description means.
     *
     * @param hosts how many the fabric has
     * @throws BadFileException naming the description's field
     */
    public static TraceSource of(String text, int hosts) throws BadFileException {
        return new Workloads(text).source(hosts);
    }

    private TraceSource source(int hosts) throws BadFileException {
        String[] halves = text.substring(PREFIX.length()).split("\\?", 2);
        TraceSource source;
        if (halves[0].equals(OCS_VCLOS)) {
            parse(halves, List.of("jobs", "seed"));
            source = new OcsVclosWorkload(jobs(OcsVclosWorkload.JOBS));
            if (hosts < OcsVclosWorkload.LARGEST) {
                throw refuse("size", "its largest jobs need " + OcsVclosWorkload.LARGEST + " hosts, the fabric has "
                        + hosts);
            }
        } else if (halves[0].equals(LAAS)) {
            parse(halves, List.of("jobs", "seed", "mean"));
            double mean = decimal("mean", LaasWorkload.MEAN_SIZE, 1, MOST_MEAN);
            if (mean > hosts) {
                throw refuse("mean", mean + " hosts in the mean, the fabric has " + hosts);
            }
            source = new LaasWorkload(jobs(LaasWorkload.JOBS), mean, hosts);
        } else {
            throw refuse("", "there are " + OCS_VCLOS + " and " + LAAS + " to generate");
        }
        return options.containsKey("seed") ? fixed(source, (long) decimal("seed", 0, 0, 1L << 52)) : source;
    }

    private static TraceSource fixed(TraceSource source, long seed) {
        return any -> source.trace(seed);
    }

    private void parse(String[] halves, List<String> known) throws BadFileException {
        for (String option : halves.length == 1 ? new String[0] : halves[1].split("&", -1)) {
            String[] pair = option.split("=", 2);
            if (!known.contains(pair[0])) {
                throw refuse(pair[0], "is not an option here; there are " + String.join(", ", known));
            }
            if (options.put(pair[0], pair.length == 1 ? "" : pair[1]) != null) {
                throw refuse(pair[0], "is there twice");
            }
        }
    }

    private int jobs(int published) throws BadFileException {
        double jobs = decimal("jobs", published, 1, MOST_JOBS);
        if (jobs != Math.rint(jobs)) {
            throw refuse("jobs", jobs + " is not an integer");
        }
        return (int) jobs;
    }

    private double decimal(String name, double otherwise, double least, double most) throws BadFileException {
        String value = options.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // complained about below
        }
        throw refuse(name, "'" + value + "' is not a number from " + least + " to " + most);
    }

    private BadFileException refuse(String field, String message) {
        return new BadFileException(text, 0, field, message);
    }
}

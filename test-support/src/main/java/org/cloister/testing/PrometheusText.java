package org.cloister.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format 0.0.4 strictly, as its description says: every sample belongs to a family whose help
 * and type stand before it, no sample stands there twice, and buckets are cumulative and end at the count.
 */
public final class PrometheusText {

    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? ([-+]?(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|Inf|NaN))");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\",?");

    private final Map<String, String> types = new TreeMap<>();
    private final Map<String, String> helps = new TreeMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();

    private PrometheusText() {
    }

    /** Reads a text; throws an AssertionError that names the line that is wrong. */
    public static PrometheusText read(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line has no end");
        }
        PrometheusText read = new PrometheusText();
        for (String line : text.split("\n")) {
            read.line(line);
        }
        read.checkBuckets();
        return read;
    }

    private void line(String line) {
        Matcher comment = COMMENT.matcher(line);
        if (comment.matches()) {
            Map<String, String> into = comment.group(1).equals("HELP") ? helps : types;
            if (into.put(comment.group(2), comment.group(3)) != null) {
                throw new AssertionError("twice: " + line);
            }
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        String family = family(sample.group(1));
        if (!types.containsKey(family) || !helps.containsKey(family)) {
            throw new AssertionError("no help or type before: " + line);
        }
        String key = sample.group(1) + labels(sample.group(2) == null ? "" : sample.group(2));
        double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
        if (samples.put(key, value) != null) {
            throw new AssertionError("twice: " + line);
        }
    }

    private String family(String name) {
        String stem = name.replaceAll("_(bucket|sum|count)$", "");
        return "histogram".equals(types.get(stem)) ? stem : name;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int at = 0;
        while (label.find() && label.start() == at) {
            labels.put(label.group(1), label.group(2));
            at = label.end();
        }
        if (at != text.length()) {
            throw new AssertionError("no labels: " + text);
        }
        return labels;
    }

    private void checkBuckets() {
        Map<String, Double> last = new TreeMap<>();
        samples.forEach((key, value) -> {
            if (key.contains("_bucket{")) {
                String series = key.replaceAll("le=[^,}]*(, )?", "");
                if (value < last.getOrDefault(series, 0.0)) {
                    throw new AssertionError("not cumulative: " + key);
                }
                last.put(series, value);
            }
        });
        samples.keySet().stream().filter(key -> key.contains("le=+Inf")).forEach(key -> {
            String count = key.replace("_bucket{", "_count{").replaceAll("(, )?le=\\+Inf(, )?", "");
            if (!samples.get(key).equals(samples.get(count))) {
                throw new AssertionError(key + " is not " + count);
            }
        });
    }

    /** Returns a family's type, null if there is none. */
    public String type(String family) {
        return types.get(family);
    }

    /** Returns a sample; labels as {@code {a=1, b=2}}, in alphabetical order, {@code {}} for none. */
    public Double sample(String nameAndLabels) {
        return samples.get(nameAndLabels);
    }

    /** Returns all samples. */
    public Map<String, Double> samples() {
        return samples;
    }
}

package org.cloister.benchmarks.replay.cli;

import org.cloister.benchmarks.replay.Policy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Options with several values, separated by commas. */
final class Lists {

    private static final String ECMP = "ecmp";

    private Lists() {
    }

    /** {@code ecmp} stands for all of ECMP's numbers of queue pairs. */
    static final class Policies implements ITypeConverter<List<Policy>> {
        @Override
        public List<Policy> convert(String text) {
            return unique(text, Stream.of(text.split(",", -1)).flatMap(Policies::policies));
        }

        private static Stream<Policy> policies(String name) {
            if (name.equals(ECMP)) {
                return Arrays.stream(Policy.values()).filter(policy -> policy.queuePairs() > 0);
            }
            return Stream.of(Policy.of(name).orElseThrow(() -> new TypeConversionException("'" + name
                    + "' is not a policy; policies are " + Policy.texts() + ", and ecmp for all three of its kind")));
        }
    }

    /** Offered loads. */
    static final class Loads implements ITypeConverter<List<Double>> {
        @Override
        public List<Double> convert(String text) {
            return unique(text, Stream.of(text.split(",", -1)).map(Loads::load));
        }

        private static double load(String text) {
            try {
                double load = Double.parseDouble(text);
                if (load > 0 && load <= 2) {
                    return load;
                }
            } catch (NumberFormatException e) {
                // complained about below
            }
            throw new TypeConversionException("'" + text + "' is not a load above 0 and up to 2");
        }
    }

    private static <T> List<T> unique(String text, Stream<T> values) {
        List<T> list = values.collect(Collectors.toList());
        if (list.stream().distinct().count() != list.size()) {
            throw new TypeConversionException("'" + text + "' names something twice");
        }
        return list;
    }
}

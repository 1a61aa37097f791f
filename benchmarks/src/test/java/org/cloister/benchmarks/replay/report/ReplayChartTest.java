package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayRow;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

import javax.xml.parsers.DocumentBuilderFactory;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayChartTest {

    private static final double[] LOADS = {0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95};

    @Test
    void namesWhatItShows() throws Exception {
        List<String> texts = texts(svg(true, all()));

        assertThat(texts).contains("mean JCT, s", "mean JWT, s", "mean JRT, s", "utilisation", "fragmentation",
                "offered load", "0.4", "0.9", "synthetic: the trace does not say what jobs communicate");
        assertThat(texts).contains(Arrays.stream(Policy.values()).map(Policy::text).toArray(String[]::new));
        assertThat(String.join(" ", texts)).contains("jobs on small").contains("67.6 %").contains("3.38 %");
        assertThat(String.join(" ", texts(svg(false, all())))).doesNotContain("synthetic");
    }

    @Test
    void aMarkForEachRowInEachOfFivePictures() throws Exception {
        ReplayRow[] rows = all();

        int more = paths(svg(false, rows)) - paths(svg(false, Arrays.copyOf(rows, rows.length - 1)));

        assertThat(more).isEqualTo(5);
    }

    @Test
    void isSmallAndAlwaysTheSame() throws Exception {
        assertThat(svg(true, all())).isEqualTo(svg(true, all())).hasSizeLessThan(150_000);
    }

    private static int paths(String svg) {
        return svg.split("<path").length - 1;
    }

    private static ReplayRow[] all() {
        List<ReplayRow> rows = new ArrayList<>();
        for (Policy policy : Policy.values()) {
            for (double load : LOADS) {
                double seconds = 1000 * load / (1.1 - load) * (1 + 0.1 * policy.ordinal());
                rows.add(Rows.row(policy, load, seconds, seconds * 1.02));
            }
        }
        return rows.toArray(new ReplayRow[0]);
    }

    private static String svg(boolean synthetic, ReplayRow... rows) throws IOException {
        StringWriter out = new StringWriter();
        ReplayChart.write(Rows.outcome(synthetic, rows), out);
        return out.toString();
    }

    private static List<String> texts(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        // the document type is on a server
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        NodeList found = document.getElementsByTagName("text");
        return IntStream.range(0, found.getLength()).mapToObj(index -> found.item(index).getTextContent())
                .collect(Collectors.toList());
    }
}

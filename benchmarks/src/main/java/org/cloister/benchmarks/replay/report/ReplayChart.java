package org.cloister.benchmarks.replay.report;

import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayRow;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.w3c.dom.Document;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.Writer;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The picture: completion, waiting and running times, utilisation and fragmentation over the offered load, a curve for
 * each policy, its 95 % interval shaded. Scales of times that differ much are logarithmic from ten seconds on, and linear
 * below.
 */
public final class ReplayChart {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final int WIDTH = 900;
    private static final int PLOT_HEIGHT = 240;
    private static final int REST_HEIGHT = 130;
    private static final int GAP = 14;
    private static final double LOAD_TICK = 0.1;
    private static final float MARK = 3;
    private static final float WIDER = 1.4f;
    private static final double MUCH = 15;
    private static final int DIGITS = 2;
    private static final Font TITLE = new Font("DejaVu Sans", Font.BOLD, 14);
    private static final Font SUBTITLE = new Font("DejaVu Sans", Font.PLAIN, 11);
    private static final List<Figure> FIGURES = List.of(Figure.JCT_MEAN, Figure.JWT_MEAN, Figure.JRT_MEAN,
            Figure.UTILISATION, Figure.FRAGMENTATION);

    /** Tell apart with most kinds of colour vision (Okabe and Ito), and mean the same in each picture. */
    private static final Map<Policy, Color> COLOURS = Map.of(
            Policy.IDEAL, new Color(0x000000), Policy.ECMP_1, new Color(0xd55e00),
            Policy.ECMP_4, new Color(0xe69f00), Policy.ECMP_16, new Color(0xd6c700),
            Policy.SPRAY, new Color(0x999999), Policy.VCLOS, new Color(0xcc79a7),
            Policy.LAAS, new Color(0x882255), Policy.CLOISTER, new Color(0x0072b2),
            Policy.CLOISTER_OCS, new Color(0x009e73));

    /** Polygons, which are short in SVG: square, rhombus, two triangles. */
    private static final List<Shape> MARKS = List.of(new Rectangle2D.Float(-MARK, -MARK, 2 * MARK, 2 * MARK),
            ShapeUtils.createDiamond(MARK), ShapeUtils.createUpTriangle(MARK), ShapeUtils.createDownTriangle(MARK));

    static {
        // else upright headings are drawn as shapes instead of text
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private ReplayChart() {
    }

    /** Writes it as SVG. */
    public static void write(Outcome outcome, Writer out) throws IOException {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setPrecision(DIGITS);
        context.setComment(outcome.title());
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        int height = FIGURES.size() * PLOT_HEIGHT + REST_HEIGHT;
        graphics.setSVGCanvasSize(new Dimension(WIDTH, height));
        chart(outcome).draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
        graphics.stream(out, true);
    }

    private static JFreeChart chart(Outcome outcome) {
        List<Policy> policies = outcome.rows().stream().map(ReplayRow::policy).distinct()
                .collect(Collectors.toList());
        NumberAxis load = new NumberAxis("offered load");
        load.setAutoRangeIncludesZero(false);
        load.setTickUnit(new NumberTickUnit(LOAD_TICK));
        CombinedDomainXYPlot all = new CombinedDomainXYPlot(load);
        all.setGap(GAP);
        for (Figure figure : FIGURES) {
            all.add(plot(outcome, policies, figure));
        }
        // the curves of each plot have the same names and colours
        all.setFixedLegendItems(((XYPlot) all.getSubplots().get(0)).getLegendItems());
        JFreeChart chart = new JFreeChart(outcome.title(), TITLE, all, true);
        if (outcome.trace().isSynthetic()) {
            chart.addSubtitle(0, new TextTitle(Outcome.SYNTHETIC, SUBTITLE));
        }
        chart.addSubtitle(0, new TextTitle(Published.text(), SUBTITLE));
        chart.setBackgroundPaint(Color.WHITE);
        return chart;
    }

    private static XYPlot plot(Outcome outcome, List<Policy> policies, Figure figure) {
        YIntervalSeriesCollection curves = new YIntervalSeriesCollection();
        DeviationRenderer renderer = new DeviationRenderer(true, true);
        for (Policy policy : policies) {
            YIntervalSeries curve = new YIntervalSeries(policy.text());
            outcome.rows().stream().filter(row -> row.policy() == policy).forEach(row -> add(curve, row, figure));
            int number = curves.getSeriesCount();
            curves.addSeries(curve);
            Color colour = COLOURS.get(policy);
            renderer.setSeriesPaint(number, colour);
            renderer.setSeriesFillPaint(number, colour);
            renderer.setSeriesStroke(number, stroke(policy));
            renderer.setSeriesShapesVisible(number, policy != Policy.IDEAL);
            renderer.setSeriesShape(number, MARKS.get(policy.ordinal() % MARKS.size()));
        }
        renderer.setAlpha(0.12f);
        renderer.setDrawOutlines(false);
        renderer.setDrawSeriesLineAsPath(true);
        XYPlot plot = new XYPlot(curves, null, axis(outcome, figure), renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        return plot;
    }

    /** Curves that others hide are wider, and the ideal, above all, is dashed: several often do equally well. */
    private static BasicStroke stroke(Policy policy) {
        if (policy == Policy.IDEAL) {
            return new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {MARK, MARK}, 0);
        }
        return new BasicStroke(policy.isolating() ? WIDER * (1 + policy.ordinal() - Policy.VCLOS.ordinal()) : 1);
    }

    private static void add(YIntervalSeries curve, ReplayRow row, Figure figure) {
        double mean = figure.of(row).mean();
        double halfWidth = figure.of(row).halfWidth();
        double most = figure.isInSeconds() ? Double.MAX_VALUE : 1;
        curve.add(row.load(), mean, Math.max(0, mean - halfWidth), Math.min(most, mean + halfWidth));
    }

    private static ValueAxis axis(Outcome outcome, Figure figure) {
        DoubleSummaryStatistics range = outcome.rows().stream().mapToDouble(row -> figure.of(row).mean())
                .summaryStatistics();
        if (figure.isInSeconds() && range.getMax() < MUCH * range.getMin()) {
            NumberAxis axis = new NumberAxis(figure.heading());
            axis.setNumberFormatOverride(NumberFormat.getIntegerInstance(Locale.ROOT));
            return axis;
        }
        if (!figure.isInSeconds()) {
            NumberAxis axis = new NumberAxis(figure.heading());
            axis.setAutoRangeIncludesZero(false);
            axis.setAutoRangeMinimumSize(LOAD_TICK);
            axis.setNumberFormatOverride(new DecimalFormat("0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)));
            return axis;
        }
        LogarithmicAxis axis = new LogarithmicAxis(figure.heading());
        // linear below ten seconds, so that nothing is still something
        axis.setAllowNegativesFlag(true);
        axis.setExpTickLabelsFlag(false);
        axis.setNumberFormatOverride(NumberFormat.getIntegerInstance(Locale.ROOT));
        return axis;
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Java's own XML parser", e);
        }
    }
}

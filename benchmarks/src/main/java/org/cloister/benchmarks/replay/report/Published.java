package org.cloister.benchmarks.replay.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** What others have published of such replays, shown beside, never compared: their settings are not ours. */
final class Published {

    static final double VCLOS_JCT_OVER_ECMP_PERCENT = -67.6;
    static final double OCS_VCLOS_JCT_OVER_IDEAL_PERCENT = 3.38;
    static final String SOURCE = "Han et al., arXiv 2308.05692";

    private Published() {
    }

    static Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("vclosJctOverEcmpPercent", VCLOS_JCT_OVER_ECMP_PERCENT);
        figures.put("ocsVclosJctOverIdealPercent", OCS_VCLOS_JCT_OVER_IDEAL_PERCENT);
        figures.put("source", SOURCE);
        return figures;
    }

    static String text() {
        return "published, under other settings (" + SOURCE + "): vClos's mean JCT up to 67.6 % below ECMP's,"
                + " OCS-vClos's within 3.38 % of ideal";
    }
}

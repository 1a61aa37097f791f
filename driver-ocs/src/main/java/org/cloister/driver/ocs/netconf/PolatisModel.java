package org.cloister.driver.ocs.netconf;

/** Names of Polatis' YANG modules {@code optical-switch} (revision 2017-08-04 or later) and {@code polatis-switch}. */
final class PolatisModel {

    /** Module {@code optical-switch}. */
    static final String NAMESPACE = "http://www.polatis.com/yang/optical-switch";
    /** Revisions before have another list of pairs and another one of ports. */
    static final String FIRST_REVISION = "2017-08-04";
    /** Where a switch tells of alarms of power and of what its users do. */
    static final String STREAM = "Polatis";
    /** What readings in dBm begin above; the model's default for the lowest signal that is one. */
    static final double DARK_DBM = -60.0;

    private static final String XMLNS = " xmlns=\"" + NAMESPACE + "\"";

    private PolatisModel() {
    }

    /** Returns the operation that reads what is configured; several containers are more than some servers can do. */
    static String configured(String container) {
        return "<get-config><source><running/></source>" + filter(container) + "</get-config>";
    }

    /** Returns the operation that reads what is so, and on most servers what is configured, too. */
    static String present(String container) {
        return "<get>" + filter(container) + "</get>";
    }

    private static String filter(String container) {
        return "<filter type=\"subtree\"><" + container + XMLNS + "/></filter>";
    }

    /** Returns the operation that lets light through a port, or keeps it from it. */
    static String setState(int port, boolean enabled) {
        String leaf = enabled ? "port-enab" : "port-disab";
        return "<port-set-state" + XMLNS + "><" + leaf + ">" + port + "</" + leaf + "></port-set-state>";
    }
}

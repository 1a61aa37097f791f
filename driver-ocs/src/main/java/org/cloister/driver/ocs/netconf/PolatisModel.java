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

    /** Returns the operation that reads all that a snapshot shows, at one moment. */
    static String read() {
        return "<get><filter type=\"subtree\"><port-config" + XMLNS + "/><opm-power" + XMLNS + "/><cross-connects"
                + XMLNS + "/></filter></get>";
    }

    /** Returns the operation that lets light through a port, or keeps it from it. */
    static String setState(int port, boolean enabled) {
        String leaf = enabled ? "port-enab" : "port-disab";
        return "<port-set-state" + XMLNS + "><" + leaf + ">" + port + "</" + leaf + "></port-set-state>";
    }
}

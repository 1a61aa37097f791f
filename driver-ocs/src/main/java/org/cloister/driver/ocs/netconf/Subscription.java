package org.cloister.driver.ocs.netconf;

import java.util.Set;
import java.util.stream.Collectors;

/** Notifications (RFC 5277). All mean the same here: it is time to read the switch. */
final class Subscription {

    private static final String STREAMS = "urn:ietf:params:xml:ns:netmod:notification";
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:netconf:notification:1.0";

    private Subscription() {
    }

    /** Returns the streams that a server says it has; none if it does not say. */
    static Set<String> streams(NetconfChannel channel, Deadline deadline) {
        try {
            return Xml.children(channel.ask("<get><filter type=\"subtree\"><netconf xmlns=\"" + STREAMS
                            + "\"><streams/></netconf></filter></get>", deadline), "data")
                    .flatMap(data -> Xml.children(data, "netconf"))
                    .flatMap(netconf -> Xml.children(netconf, "streams"))
                    .flatMap(streams -> Xml.children(streams, "stream"))
                    .flatMap(stream -> Xml.text(stream, "name").stream()).collect(Collectors.toUnmodifiableSet());
        } catch (RpcRefused e) {
            return Set.of();
        }
    }

    /** Returns the operation that subscribes to the maker's stream where there is one, else to what all servers have. */
    static String create(Set<String> streams) {
        String stream = streams.contains(PolatisModel.STREAM)
                ? "<stream>" + PolatisModel.STREAM + "</stream>" : "";
        return "<create-subscription xmlns=\"" + NAMESPACE + "\">" + stream + "</create-subscription>";
    }
}

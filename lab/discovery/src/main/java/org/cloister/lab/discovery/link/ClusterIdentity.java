package org.cloister.lab.discovery.link;

import org.onosproject.cluster.ClusterMetadata;
import org.onosproject.cluster.ClusterMetadataService;
import org.onosproject.net.link.ProbedLinkProvider;

/** What tells this cluster's probes from others: their source address, and the secret that signs them if there is one. */
final class ClusterIdentity {

    private final ClusterMetadataService service;

    ClusterIdentity(ClusterMetadataService service) {
        this.service = service;
    }

    /** Returns the source address of this cluster's probes. */
    String mac() {
        return ProbedLinkProvider.fingerprintMac(service.getClusterMetadata());
    }

    /** Returns the cluster's secret, or null if probes are neither signed nor verified. */
    String secret() {
        ClusterMetadata metadata = service.getClusterMetadata();
        return metadata == null ? null : metadata.getClusterSecret();
    }

    /** Returns whether a frame from this address is a probe of this cluster. */
    boolean isOurs(String sourceMac) {
        String mac = mac();
        // the default address says that the cluster has not formed yet, so it proves nothing
        return !mac.equalsIgnoreCase(ProbedLinkProvider.defaultMac()) && mac.equalsIgnoreCase(sourceMac);
    }
}

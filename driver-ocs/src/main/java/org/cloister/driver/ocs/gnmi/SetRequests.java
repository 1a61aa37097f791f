package org.cloister.driver.ocs.gnmi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.gnmi.SetRequest;
import org.cloister.gnmi.TypedValue;
import org.cloister.gnmi.Update;
import org.cloister.gnmi.ext.Commit;
import org.cloister.gnmi.ext.CommitCancel;
import org.cloister.gnmi.ext.CommitConfirm;
import org.cloister.gnmi.ext.CommitRequest;
import org.cloister.gnmi.ext.Extension;
import org.cloister.gnmi.ext.MasterArbitration;
import org.cloister.gnmi.ext.Uint128;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what is asked of a switch as Set requests. */
final class SetRequests {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SetRequests() {
    }

    /** Returns a request for all of a plan. */
    static SetRequest of(TransactionPlan plan) {
        SetRequest.Builder request = SetRequest.newBuilder();
        plan.deletes().forEach(name -> request.addDelete(OcsTree.connection(name)));
        plan.creates().forEach((name, ports) -> request.addUpdate(Update.newBuilder()
                .setPath(OcsTree.connectionConfig(name)).setVal(json(config(name, ports)))));
        return request.build();
    }

    /** Returns a request to let light through a port, or not. */
    static SetRequest enabled(String port, boolean enabled) {
        return SetRequest.newBuilder().addUpdate(Update.newBuilder().setPath(OcsTree.portEnabled(port))
                .setVal(json(enabled))).build();
    }

    /** Returns a request that names its writer: of several, the one with the highest number is heard. */
    static SetRequest by(long term, SetRequest request) {
        return request.toBuilder().addExtension(Extension.newBuilder().setMasterArbitration(
                MasterArbitration.newBuilder().setElectionId(Uint128.newBuilder().setLow(term)))).build();
    }

    /** Returns a request that is undone unless it is confirmed in time. */
    static SetRequest within(Duration time, String confirmation, SetRequest request) {
        com.google.protobuf.Duration rollback = com.google.protobuf.Duration.newBuilder().setSeconds(time.getSeconds())
                .setNanos(time.getNano()).build();
        return with(request, Commit.newBuilder().setId(confirmation)
                .setCommit(CommitRequest.newBuilder().setRollbackDuration(rollback)));
    }

    /** Returns a request that makes one last that waits for it. */
    static SetRequest confirm(String confirmation) {
        return with(SetRequest.getDefaultInstance(), Commit.newBuilder().setId(confirmation)
                .setConfirm(CommitConfirm.getDefaultInstance()));
    }

    /** Returns a request that undoes one that waits for confirmation. */
    static SetRequest cancel(String confirmation) {
        return with(SetRequest.getDefaultInstance(), Commit.newBuilder().setId(confirmation)
                .setCancel(CommitCancel.getDefaultInstance()));
    }

    private static SetRequest with(SetRequest request, Commit.Builder commit) {
        return request.toBuilder().addExtension(Extension.newBuilder().setCommit(commit)).build();
    }

    private static Map<String, String> config(String name, CircuitPorts ports) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("name", name);
        config.put("input-port-name", ports.one());
        config.put("output-port-name", ports.other());
        return config;
    }

    private static TypedValue json(Object value) {
        try {
            return TypedValue.newBuilder().setJsonIetfVal(ByteString.copyFrom(MAPPER.writeValueAsBytes(value))).build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.cloister.lab.ocs.gnmi;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.cloister.gnmi.Path;
import org.cloister.gnmi.SetRequest;
import org.cloister.gnmi.SetResponse;
import org.cloister.gnmi.Update;
import org.cloister.gnmi.UpdateResult;
import org.cloister.lab.ocs.device.Refusal;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What clients are answered. */
final class Answers {

    private static final Logger LOG = Logger.getLogger(Answers.class.getName());
    private static final Map<Refusal.Cause, Status> STATUS = Map.of(
            Refusal.Cause.MALFORMED, Status.INVALID_ARGUMENT,
            Refusal.Cause.CONFLICT, Status.FAILED_PRECONDITION,
            Refusal.Cause.NOT_MASTER, Status.PERMISSION_DENIED,
            Refusal.Cause.NOT_FOUND, Status.NOT_FOUND,
            Refusal.Cause.UNSUPPORTED, Status.UNIMPLEMENTED);

    private Answers() {
    }

    /** Returns the status for what went wrong. */
    static Status of(RuntimeException problem) {
        if (problem instanceof Refusal) {
            LOG.info("refused: " + problem.getMessage());
            return STATUS.get(((Refusal) problem).kind()).withDescription(problem.getMessage());
        }
        if (problem instanceof StatusRuntimeException) {
            return ((StatusRuntimeException) problem).getStatus();
        }
        LOG.log(Level.SEVERE, "a request failed", problem);
        return Status.INTERNAL.withDescription(problem.toString());
    }

    /** Returns the answer to a request that was carried out: a result for each of its parts. */
    static SetResponse of(SetRequest request, long epochNs) {
        SetResponse.Builder answer = SetResponse.newBuilder().setTimestamp(epochNs);
        if (request.hasPrefix()) {
            answer.setPrefix(request.getPrefix());
        }
        request.getDeleteList().forEach(path -> answer.addResponse(result(path, UpdateResult.Operation.DELETE)));
        request.getReplaceList().stream().map(Update::getPath)
                .forEach(path -> answer.addResponse(result(path, UpdateResult.Operation.REPLACE)));
        request.getUpdateList().stream().map(Update::getPath)
                .forEach(path -> answer.addResponse(result(path, UpdateResult.Operation.UPDATE)));
        return answer.build();
    }

    private static UpdateResult result(Path path, UpdateResult.Operation operation) {
        return UpdateResult.newBuilder().setPath(path).setOp(operation).build();
    }
}

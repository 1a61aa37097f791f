package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.onlab.osgi.ServiceNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import java.util.UUID;

/** What nobody foresaw: logged in full, and told by a reference into the log alone. */
public final class UnexpectedMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedMapper.class);

    @Override
    public Response toResponse(Throwable error) {
        if (error instanceof ServiceNotFoundException) {
            return ProblemDocument.of(Problem.of(ProblemType.NOT_READY, "Cloister is starting")).response().build();
        }
        return document(error).response().build();
    }

    static ProblemDocument document(Throwable error) {
        String reference = UUID.randomUUID().toString();
        LOG.error("Unexpected error {}", reference, error);
        return ProblemDocument.of("internal-error", 500, "Something unexpected happened",
                "see reference " + reference + " in the log");
    }
}

package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;

import javax.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;

/** Reads a request's body, never more than 1 MiB of it. */
final class Body {

    static final int MOST_BYTES = 1 << 20;

    private Body() {
    }

    /**
     * Returns the body.
     *
     * @throws RefusedException {@code body-too-large}, before anything is read where the length is announced, and as
     *         soon as the limit is passed where it is not
     */
    static byte[] read(InputStream stream, HttpHeaders headers) throws IOException {
        if (announced(headers) > MOST_BYTES) {
            throw tooLarge();
        }
        byte[] body = stream.readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw tooLarge();
        }
        return body;
    }

    /** Returns the announced length, 0 without; {@code HttpHeaders.getLength} gives -1 for more than an int holds. */
    private static long announced(HttpHeaders headers) {
        String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            throw new RefusedException(Problem.of(ProblemType.INVALID_REQUEST, HttpHeaders.CONTENT_LENGTH, length,
                    "Content-Length is '" + length + "', not a number of bytes"));
        }
    }

    private static RefusedException tooLarge() {
        return new RefusedException(Problem.of(ProblemType.BODY_TOO_LARGE,
                "a body has at most " + MOST_BYTES + " bytes"));
    }
}

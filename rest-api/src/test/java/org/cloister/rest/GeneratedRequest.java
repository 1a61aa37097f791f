package org.cloister.rest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** One request of a campaign. */
final class GeneratedRequest {

    final String user;
    final String method;
    /** Path and query, encoded, without a slash at the beginning. */
    final String target;
    final Map<String, String> headers;
    final byte[] body;
    /** The operation, if the document has it. */
    final Optional<ApiDocument.Operation> operation;

    GeneratedRequest(String user, String method, String target, Map<String, String> headers, byte[] body,
                     Optional<ApiDocument.Operation> operation) {
        this.user = user;
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.operation = operation;
    }

    @Override
    public String toString() {
        String text = new String(body, StandardCharsets.UTF_8);
        return user + " " + method + " " + target + " " + headers + " "
                + (text.length() > 2_000 ? text.substring(0, 2_000) + "…" : text);
    }
}

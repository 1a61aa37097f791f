package org.cloister.driver.ocs.gnmi;

import io.grpc.Status;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;

import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What a gRPC status means for who asked. */
final class GnmiErrors {

    private GnmiErrors() {
    }

    /** Returns a failure in the words of sessions; one that is in them already as it is. */
    static OcsException of(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure instanceof OcsException) {
            return (OcsException) failure;
        }
        Status status = Status.fromThrowable(failure);
        return new OcsException(reason(status), words(status), failure);
    }

    /** Returns whether the connection itself is at fault, or may be. */
    static boolean isTransport(Throwable failure) {
        Reason reason = of(failure).reason();
        return reason == Reason.LOST || reason == Reason.DEADLINE || reason == Reason.UNAUTHENTICATED;
    }

    private static Reason reason(Status status) {
        switch (status.getCode()) {
            case INVALID_ARGUMENT:
            case NOT_FOUND:
            case ALREADY_EXISTS:
            case OUT_OF_RANGE:
            case RESOURCE_EXHAUSTED:
                return Reason.REJECTED;
            case FAILED_PRECONDITION:
            case ABORTED:
                return Reason.CONFLICT;
            case PERMISSION_DENIED:
                return Reason.NOT_MASTER;
            case UNAUTHENTICATED:
                return Reason.UNAUTHENTICATED;
            case UNIMPLEMENTED:
                return Reason.UNSUPPORTED;
            case DEADLINE_EXCEEDED:
                return Reason.DEADLINE;
            default:
                // the rest says nothing of whether it was done
                return untrusted(status.getCause()) ? Reason.UNAUTHENTICATED : Reason.LOST;
        }
    }

    private static boolean untrusted(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof SSLHandshakeException || each instanceof SSLPeerUnverifiedException
                    || each instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static String words(Status status) {
        StringBuilder words = new StringBuilder(untrusted(status.getCause())
                ? "the switch's certificate is not trusted" : status.getCode().toString());
        if (status.getDescription() != null) {
            words.append(": ").append(status.getDescription());
        }
        for (Throwable each = status.getCause(); each != null; each = each.getCause()) {
            if (each.getMessage() != null && words.indexOf(each.getMessage()) < 0) {
                words.append(": ").append(each.getMessage());
            }
        }
        return words.toString();
    }
}

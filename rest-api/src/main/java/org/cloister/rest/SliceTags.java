package org.cloister.rest;

import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Slice;

import javax.ws.rs.core.CacheControl;
import javax.ws.rs.core.EntityTag;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The entity tags of slices, and what they mean in a request. A slice's tag is its generation: it names what was asked
 * for, so that nobody changes a request that they have not seen. State and conditions come and go under the same tag;
 * caches are therefore told to keep nothing, or one that revalidates would show an old state for ever.
 */
final class SliceTags {

    private static final String ANY = "*";

    /** RFC 9110, 8.8.3; what is within the quotes may have commas. */
    private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([!#-~\\x80-\\xff]*)\"\\s*(,(?=.)|$)");

    /** What a generation looks like; other tags are as good, but no slice has one. */
    private static final Pattern GENERATION = Pattern.compile("[1-9][0-9]{0,17}");

    private SliceTags() {
    }

    /** Puts a slice's tag on an answer about it. */
    static Response.ResponseBuilder on(Response.ResponseBuilder answer, Slice slice) {
        CacheControl nothing = new CacheControl();
        nothing.setNoStore(true);
        return answer.tag(new EntityTag(Long.toString(slice.generation()))).cacheControl(nothing);
    }

    /** Returns what a PUT wants of the slice: {@code If-Match}, or {@code If-None-Match: *} for none. */
    static Precondition ofPut(HttpHeaders headers) {
        Optional<String> unwanted = header(headers, HttpHeaders.IF_NONE_MATCH);
        if (unwanted.isEmpty()) {
            return ifMatch(headers);
        }
        if (!unwanted.get().equals(ANY)) {
            throw refused(HttpHeaders.IF_NONE_MATCH, unwanted.get(), "of a PUT it can only be *");
        }
        header(headers, HttpHeaders.IF_MATCH).ifPresent(wanted -> {
            throw refused(HttpHeaders.IF_MATCH, wanted, "it excludes If-None-Match");
        });
        return Precondition.absent();
    }

    /** Returns what a DELETE wants of the slice. */
    static Precondition ofDelete(HttpHeaders headers) {
        header(headers, HttpHeaders.IF_NONE_MATCH).ifPresent(unwanted -> {
            throw refused(HttpHeaders.IF_NONE_MATCH, unwanted, "a DELETE knows If-Match only");
        });
        return ifMatch(headers);
    }

    private static Precondition ifMatch(HttpHeaders headers) {
        Optional<String> wanted = header(headers, HttpHeaders.IF_MATCH);
        if (wanted.isEmpty()) {
            return Precondition.none();
        }
        // weak tags match nothing here (RFC 9110, 13.1.1)
        return wanted.get().equals(ANY) ? Precondition.exists() : Precondition.generationIn(
                tags(HttpHeaders.IF_MATCH, wanted.get()).stream().filter(tag -> !tag.isWeak())
                        .map(EntityTag::getValue).filter(value -> GENERATION.matcher(value).matches())
                        .map(Long::valueOf).collect(Collectors.toSet()));
    }

    /** Returns whether a reader knows the generation that a slice has. */
    static boolean isKnown(HttpHeaders headers, Slice slice) {
        return isKnown(headers, Long.toString(slice.generation()));
    }

    /** Returns whether a reader knows what has the given tag. */
    static boolean isKnown(HttpHeaders headers, String current) {
        return header(headers, HttpHeaders.IF_NONE_MATCH)
                .map(known -> known.equals(ANY) || tags(HttpHeaders.IF_NONE_MATCH, known).stream()
                        .anyMatch(tag -> tag.getValue().equals(current)))
                .orElse(false);
    }

    private static Optional<String> header(HttpHeaders headers, String name) {
        List<String> lines = headers.getRequestHeader(name);
        return lines == null || lines.isEmpty() ? Optional.empty() : Optional.of(String.join(",", lines).trim());
    }

    private static List<EntityTag> tags(String name, String text) {
        List<EntityTag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.region(end, text.length()).lookingAt()) {
            tags.add(new EntityTag(matcher.group(2), matcher.group(1) != null));
            end = matcher.end();
        }
        if (tags.isEmpty() || end < text.length()) {
            throw refused(name, text, "neither * nor tags in quotes, as \"2\"");
        }
        return tags;
    }

    private static RefusedException refused(String name, String value, String why) {
        return new RefusedException(Problem.of(ProblemType.INVALID_REQUEST, name, value,
                name + " is '" + value + "': " + why));
    }
}

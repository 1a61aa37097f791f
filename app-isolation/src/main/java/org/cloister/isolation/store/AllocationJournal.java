package org.cloister.isolation.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.runtime.DocumentForm.UnreadableException;
import org.cloister.runtime.TextMaps;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;

import static org.cloister.isolation.store.StoreCalls.ask;

/**
 * Fences allocations. Two slices are two documents, so a leader that was deposed without noticing could give one slice
 * the links that the new leader gives another, and neither write would fail. Therefore every allocation is first put
 * into one place, the head, by compare-and-set on the head's version:
 * <ol>
 * <li>a new leader puts its term into the head, after which every write of an earlier leader fails, and no leader of
 * a lower term can take the head back;
 * <li>it carries out what the head says was decided, because the earlier leader may not have come to that;
 * <li>only then it reads all slices, and decides.
 * </ol>
 * Calls throw {@link RefusedException} with {@code store-unavailable} when the store does not answer. Belongs to the
 * control thread.
 */
public final class AllocationJournal {

    private static final String MAP = "cloister-journal";
    private static final String HEAD = "head";
    private static final int VERSION = 1;
    private static final int ATTEMPTS = 5;
    private static final long NOT_HELD = -1;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final ConsistentMap<String, String> map;
    private final SliceStore store;
    private String leader = "";
    private long term;
    private long sequence;
    private long held = NOT_HELD;
    /** The later term that was told of; asked again it is not told again. */
    private long outrankedBy;

    /** Opens the journal of a cluster. */
    public AllocationJournal(StorageService storageService, SliceStore store) {
        this.store = Objects.requireNonNull(store, "store is null");
        this.map = ask(MAP, () -> TextMaps.open(storageService, MAP));
    }

    /**
     * Makes the writes of all earlier leaders fail, and carries out the last decision.
     *
     * @param name this leader's name, for people
     * @param itsTerm counts the leaders; a leader of a higher term is a later one
     * @return false if a later leader has taken over: this node does not lead any more, whatever it has heard
     */
    public boolean takeOver(String name, long itsTerm) {
        leader = name;
        term = itsTerm;
        held = NOT_HELD;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Versioned<String> head = ask(MAP, () -> map.get(HEAD));
            JsonNode last = head == null ? Json.mapper().nullNode() : read(head.value());
            long latest = last.path("term").asLong();
            if (latest > term) {
                if (latest != outrankedBy) {
                    log.warn("{} leads in term {}; {} of term {} does not", last.path("leader").asText(), latest,
                            leader, term);
                }
                outrankedBy = latest;
                return false;
            }
            sequence = Math.max(sequence, last.path("sequence").asLong());
            JsonNode decision = last.path("decision").isObject() ? last.get("decision") : Json.mapper().nullNode();
            if (write(head == null ? NOT_HELD : head.version(), decision)) {
                carryOut(decision);
                return true;
            }
        }
        throw new RefusedException(Problem.of(ProblemType.NOT_READY, "several nodes want to lead"));
    }

    /** Returns whether this node leads as far as the journal knows. */
    public boolean held() {
        return held != NOT_HELD;
    }

    /**
     * Asks the cluster whether nobody has taken over since.
     *
     * @return false if this node leads no more, or has to take over again
     */
    public boolean confirm() {
        Versioned<String> head = held == NOT_HELD ? null : ask(MAP, () -> map.get(HEAD));
        if (head == null || head.version() != held) {
            held = NOT_HELD;
        }
        return held();
    }

    /**
     * Replaces a slice by one with an allocation.
     *
     * @return false if another leader took over, or the slice has changed meanwhile
     */
    public boolean allocate(VersionedSlice from, StoredSlice next) {
        ObjectNode decision = Json.mapper().createObjectNode().put("from", from.version());
        decision.put("slice", SliceText.write(next));
        if (held == NOT_HELD || !write(held, decision)) {
            held = NOT_HELD;
            log.warn("Another leader took over; slice {} is left to it", from.id());
            return false;
        }
        return store.replace(from.version(), next);
    }

    private boolean write(long version, JsonNode decision) {
        ObjectNode tree = Json.mapper().createObjectNode()
                .put("version", VERSION).put("leader", leader).put("term", term)
                .put("sequence", ++sequence);
        tree.set("decision", decision);
        String text = tree.toString();
        boolean written = version == NOT_HELD ? ask(MAP, () -> map.putIfAbsent(HEAD, text)) == null
                : ask(MAP, () -> map.replace(HEAD, version, text));
        Versioned<String> now = written ? ask(MAP, () -> map.get(HEAD)) : null;
        // the map does not say at which version it took the text; if it holds another one by now, so does its leader
        held = now != null && now.value().equals(text) ? now.version() : NOT_HELD;
        return held();
    }

    private JsonNode read(String text) {
        try {
            JsonNode tree = Json.mapper().readTree(text);
            if (tree.path("version").asInt() == VERSION) {
                return tree;
            }
            log.warn("The journal's last decision has form {} and is passed over", tree.path("version"));
        } catch (JsonProcessingException e) {
            log.warn("The journal's last decision cannot be read and is passed over", e);
        }
        return Json.mapper().nullNode();
    }

    private void carryOut(JsonNode decision) {
        if (!decision.hasNonNull("slice")) {
            return;
        }
        try {
            StoredSlice next = SliceText.read(decision.get("slice").asText());
            long from = decision.path("from").asLong();
            if (store.slice(next.id()).filter(slice -> slice.version() == from).isPresent()
                    && store.replace(from, next)) {
                log.info("Slice {} was decided on by an earlier leader", next.id());
            }
        } catch (UnreadableException e) {
            log.warn("The journal's last decision cannot be read and is passed over: {}", e.getMessage());
        }
    }
}

package org.cloister.isolation.control.southbound;

import org.onosproject.net.DeviceId;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks switches for their tables when somebody waits for one: at most one question per switch at a time, and when
 * answers bring nothing new, a little later each time. Belongs to the control thread.
 */
public final class Reads {

    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration LAST = Duration.ofSeconds(1);
    private static final Duration UNANSWERED = Duration.ofSeconds(5);

    private final Map<DeviceId, Question> questions = new HashMap<>();

    /**
     * Asks a switch if it is time to.
     *
     * @param reads how often the switch was read up to now
     * @param reader asks; returns false if it cannot
     * @return when to come back; empty if an answer will come by itself
     */
    public Optional<Instant> ask(DeviceId device, long reads, Predicate<DeviceId> reader, Instant now) {
        Question last = questions.get(device);
        if (last != null) {
            boolean answered = reads > last.reads;
            Instant next = last.asked.plus(answered ? last.pause : UNANSWERED);
            if (next.isAfter(now)) {
                return Optional.of(next);
            }
        }
        if (!reader.test(device)) {
            return Optional.empty();
        }
        Duration pause = last == null ? FIRST : last.pause.multipliedBy(2);
        Question question = new Question(now, reads, pause.compareTo(LAST) > 0 ? LAST : pause);
        questions.put(device, question);
        return Optional.of(now.plus(UNANSWERED));
    }

    /** Begins with short pauses again: a switch was sent something. An answer that is awaited still is. */
    public void sent(DeviceId device) {
        questions.computeIfPresent(device, (key, last) -> new Question(last.asked, last.reads, FIRST));
    }

    private static final class Question {

        private final Instant asked;
        private final long reads;
        private final Duration pause;

        private Question(Instant asked, long reads, Duration pause) {
            this.asked = asked;
            this.reads = reads;
            this.pause = pause;
        }
    }
}

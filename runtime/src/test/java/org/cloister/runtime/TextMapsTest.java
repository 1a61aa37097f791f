package org.cloister.runtime;

import org.junit.jupiter.api.Test;
import org.onosproject.store.service.ConsistentMapException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextMapsTest {

    @Test
    void whatAMapAnswersIsPassedOn() {
        assertThat(TextMaps.<Integer>ask("demands", () -> 4, IllegalStateException::new)).isEqualTo(4);
    }

    @Test
    void silenceIsTheCallersException() {
        assertThatThrownBy(() -> TextMaps.ask("demands", () -> {
            throw new ConsistentMapException.Timeout("demands");
        }, IllegalStateException::new)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the map demands does not answer: ");
    }

    @Test
    void mistakesAreNoSilence() {
        assertThatThrownBy(() -> TextMaps.ask("demands", () -> {
            throw new ClassCastException("no text");
        }, IllegalStateException::new)).isInstanceOf(ClassCastException.class);
    }
}

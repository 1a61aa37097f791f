package org.cloister.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.cloister.runtime.DocumentForm.UnreadableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DocumentFormTest {

    private final DocumentForm form = new DocumentForm(new ObjectMapper(), 2);

    /** A port that is out of use. */
    static final class Closed {

        public String port;
    }

    @Test
    void writesTheLatestVersion() {
        Closed closed = new Closed();
        closed.port = "3";
        assertThat(form.write(closed)).isEqualTo("{\"version\":2,\"port\":\"3\"}");
    }

    @Test
    void readsEveryVersionUpToItsOwn() throws UnreadableException {
        assertThat(form.read("{\"version\":1,\"port\":\"3\"}", Closed.class).port).isEqualTo("3");
        assertThat(form.read("{\"port\":\"4\",\"version\":2}", Closed.class).port).isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"version\":3,\"port\":\"3\"} | version is 3, this application reads 1 to 2",
        "{\"version\":0,\"port\":\"3\"} | version is 0",
        "{\"port\":\"3\"}               | version is",
        "{\"version\":2,\"door\":\"3\"} | Unrecognized field \"door\"",
        "{\"version\":2,                | Unexpected end-of-input",
        "[2]                            | version is"})
    void saysWhyATextCannotBeRead(String text, String why) {
        assertThatThrownBy(() -> form.read(text, Closed.class)).isInstanceOf(UnreadableException.class)
                .hasMessageContaining(why);
    }
}

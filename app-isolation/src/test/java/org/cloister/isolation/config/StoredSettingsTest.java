package org.cloister.isolation.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cloister.isolation.fabric.FabricSettings;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoredSettingsTest {

    private ObjectNode document = FabricConfigTest.example();
    private RuntimeException trouble;
    private int reads;
    private final List<String> complaints = new ArrayList<>();
    private final StoredSettings stored = new StoredSettings(this::read, complaints::add);

    @Test
    void readOnceUntilItMayHaveChanged() {
        FabricSettings first = stored.settings().orElseThrow();
        assertThat(stored.settings().orElseThrow()).isSameAs(first);
        assertThat(reads).isEqualTo(1);

        document = document.deepCopy().put("enforce", true);
        stored.mayHaveChanged();
        assertThat(stored.settings().orElseThrow().enforce()).isTrue();
        document = null;
        stored.mayHaveChanged();
        assertThat(stored.settings()).isEmpty();
    }

    @Test
    void whatDidNotChangeIsNotCheckedAgain() {
        FabricSettings first = stored.settings().orElseThrow();
        document = document.deepCopy();
        stored.mayHaveChanged();
        assertThat(stored.settings().orElseThrow()).isSameAs(first);
    }

    @Test
    void documentThatIsWrittenIntoHasChanged() {
        assertThat(stored.settings().orElseThrow().enforce()).isFalse();
        document.put("enforce", true);
        stored.mayHaveChanged();
        assertThat(stored.settings().orElseThrow().enforce()).isTrue();
    }

    @Test
    void whatCouldNotBeReadIsReadAgain() {
        trouble = new IllegalStateException("the store is silent");
        assertThatThrownBy(stored::settings).isSameAs(trouble);
        trouble = null;
        assertThat(stored.settings()).isPresent();
    }

    @Test
    void invalidDocumentIsNoneAndToldOncePerChange() {
        document.put("linkBitsPerSecond", 0);
        for (int snapshot = 0; snapshot < 3; snapshot++) {
            assertThat(stored.settings()).isEmpty();
            stored.mayHaveChanged();
        }
        assertThat(complaints).hasSize(1);
        assertThat(complaints.get(0)).contains("linkBitsPerSecond", "0");

        document.put("linkBitsPerSecond", -1);
        stored.mayHaveChanged();
        assertThat(stored.settings()).isEmpty();
        assertThat(complaints).hasSize(2);
        document = FabricConfigTest.example();
        stored.mayHaveChanged();
        assertThat(stored.settings()).isPresent();
    }

    private FabricConfig read() {
        reads++;
        if (trouble != null) {
            throw trouble;
        }
        if (document == null) {
            return null;
        }
        FabricConfig config = new FabricConfig();
        config.init(new DefaultApplicationId(1, App.NAME), FabricConfig.KEY, document, new ObjectMapper(), null);
        return config;
    }
}

package org.cloister.lab.persistence;

import org.junit.jupiter.api.Test;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.Serializer;

import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MemoryPersistenceServiceTest {

    private static final Serializer SERIALIZER = Serializer.using(KryoNamespaces.API);

    private final MemoryPersistenceService service = new MemoryPersistenceService();

    @Test
    void oneNameIsOneMap() {
        map("intents").put("a", 1);
        assertThat(map("intents")).containsExactly(Map.entry("a", 1));
        assertThat(map("others")).isEmpty();
    }

    @Test
    void oneNameIsOneSet() {
        set("ids").add("a");
        assertThat(set("ids")).containsExactly("a");
        assertThat(set("others")).isEmpty();
    }

    @Test
    void aMapAndASetMayShareAName() {
        map("shared").put("a", 1);
        assertThat(set("shared")).isEmpty();
    }

    @Test
    void namelessOnesAreRefused() {
        assertThatIllegalStateException().isThrownBy(() -> service.persistentMapBuilder().build())
                .withMessageContaining("name");
        assertThatIllegalStateException().isThrownBy(() -> service.persistentSetBuilder().build())
                .withMessageContaining("name");
    }

    private Map<String, Integer> map(String name) {
        return service.<String, Integer>persistentMapBuilder().withName(name).withSerializer(SERIALIZER).build();
    }

    private Set<String> set(String name) {
        return service.<String>persistentSetBuilder().withName(name).withSerializer(SERIALIZER).build();
    }
}

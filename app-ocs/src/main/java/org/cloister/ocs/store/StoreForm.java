package org.cloister.ocs.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.cloister.runtime.DocumentForm;

/** The form in which all of this package is stored. */
final class StoreForm {

    static final DocumentForm FORM = new DocumentForm(JsonMapper.builder().addModule(new Jdk8Module())
            .addModule(new JavaTimeModule()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build(), 1);

    private StoreForm() {
    }
}

package org.cloister.isolation.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The one JSON form of the API's values: strict on the way in (unknown fields, duplicate fields, trailing text and
 * silent conversions between types are errors), ISO 8601 times and explicit nulls on the way out.
 */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule("strict")
                    .addDeserializer(String.class, new StrictText())
                    .addDeserializer(OptionalInt.class, new StrictNumber<>(OptionalInt.class, OptionalInt.empty(),
                            parser -> OptionalInt.of(parser.getIntValue())))
                    .addDeserializer(OptionalLong.class, new StrictNumber<>(OptionalLong.class, OptionalLong.empty(),
                            parser -> OptionalLong.of(parser.getLongValue()))))
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {
    }

    /** Returns the shared mapper; callers must not reconfigure it. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** Jackson turns numbers and booleans into text by itself; a host named 5 is a mistake to be told of. */
    private static final class StrictText extends StdScalarDeserializer<String> {

        private static final long serialVersionUID = 1L;

        StrictText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            return parser.getText();
        }
    }

    /** The module for optional numbers takes numbers in quotes, whatever the mapper says of coercion. */
    private static final class StrictNumber<T> extends StdScalarDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient T absent;
        private final transient Reader<T> reader;

        StrictNumber(Class<T> type, T absent, Reader<T> reader) {
            super(type);
            this.absent = absent;
            this.reader = reader;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
                context.handleUnexpectedToken(_valueClass, parser);
            }
            return reader.read(parser);
        }

        @Override
        public T getNullValue(DeserializationContext context) {
            return absent;
        }

        /** Takes the number at hand. */
        private interface Reader<T> {

            T read(JsonParser parser) throws IOException;
        }
    }
}

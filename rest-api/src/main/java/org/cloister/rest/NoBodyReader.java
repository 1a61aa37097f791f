package org.cloister.rest;

import javax.ws.rs.Consumes;
import javax.ws.rs.NotSupportedException;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedMap;
import javax.ws.rs.ext.MessageBodyReader;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Reads nothing, and lets methods that want no body take requests that name a media type.
 *
 * <p>Jersey takes the types that such a method consumes from the readers of {@code Object}. ONOS brings none, and
 * without one even GET is answered 415 where a client always sends a Content-Type.
 */
@Consumes(MediaType.WILDCARD)
public final class NoBodyReader implements MessageBodyReader<Object> {

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return false;
    }

    @Override
    public Object readFrom(Class<Object> type, Type generic, Annotation[] annotations, MediaType media,
                           MultivaluedMap<String, String> headers, InputStream in) {
        throw new NotSupportedException("nothing is readable");
    }
}

package org.cloister.benchmarks.replay.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A text file in UTF-8, with or without a byte order mark. */
final class InputFile {

    private static final char MARK = '\uFEFF';

    private InputFile() {
    }

    /**
     * Returns the text, without a mark.
     *
     * @throws BadFileException if there is no such file, it cannot be read, or it is not UTF-8
     */
    static String read(Path file) throws BadFileException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadFileException(file.toString(), 0, "", "there is no such file");
        } catch (IOException e) {
            throw new BadFileException(file.toString(), 0, "", "cannot be read: " + e.getMessage());
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(each -> each == '\n').count();
            throw new BadFileException(file.toString(), line, "", "is not UTF-8 text");
        }
        return text.length() > 0 && text.charAt(0) == MARK ? text.subSequence(1, text.length()).toString()
                : text.toString();
    }

    /** Returns a file's name without its ending, of the characters that names of reports may have. */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9._-]+", "-");
    }
}

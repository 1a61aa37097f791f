package org.cloister.shell;

import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Takes options that stand behind an argument, where people write them and Karaf takes them for further arguments.
 * They are the command's own, by the annotations that Karaf reads.
 */
public final class Trailing {

    private Trailing() {
    }

    /**
     * Sets a command's options from what stood behind its argument.
     *
     * @throws CommandException if something there is none of the command's options, or lacks its value
     */
    public static void apply(Object command, List<String> words) throws CommandException {
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            set(command, field(command.getClass(), name), name, rest);
        }
    }

    private static Field field(Class<?> type, String name) throws CommandException {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                Option option = field.getAnnotation(Option.class);
                if (option != null && (option.name().equals(name) || Arrays.asList(option.aliases()).contains(name))) {
                    return field;
                }
            }
        }
        throw new CommandException("'" + name + "' is no option of this command; --help shows those that are");
    }

    private static void set(Object command, Field field, String name, Iterator<String> rest) throws CommandException {
        try {
            field.setAccessible(true);
            if (field.getType() == boolean.class) {
                field.setBoolean(command, true);
                return;
            }
            if (!rest.hasNext()) {
                throw new CommandException(name + " lacks its value");
            }
            String value = rest.next();
            if (field.getType() == int.class) {
                field.setInt(command, Integer.parseInt(value));
            } else if (field.getType() == List.class) {
                List<Object> values = new ArrayList<>((List<?>) field.get(command));
                values.add(value);
                field.set(command, values);
            } else {
                field.set(command, value);
            }
        } catch (NumberFormatException e) {
            throw new CommandException(name + " is no number: " + e.getMessage(), e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}

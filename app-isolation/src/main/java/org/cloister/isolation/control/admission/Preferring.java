package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Allocator;
import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Preference;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.circuits.CircuitAllocator;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.fabric.Fabric;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Allocates as the component property {@value #PROPERTY} says at the time: {@code fewer-spines} or
 * {@code fewer-rules}. What slices have already stays as it is until they change or move.
 */
public final class Preferring implements Allocator {

    /** The property's name. */
    public static final String PROPERTY = "prefer";
    /** The property's default. */
    public static final String SPINES_TEXT = "fewer-spines";

    private final Map<Preference, Allocator> allocators = new EnumMap<>(Preference.class);
    private final Supplier<Preference> preference;

    /** Creates an allocator that asks for the preference at each decision. */
    public Preferring(Supplier<Preference> preference) {
        this.preference = Objects.requireNonNull(preference, "preference is null");
        for (Preference each : Preference.values()) {
            allocators.put(each, new CircuitAllocator(new CommonSpineAllocator(each)));
        }
    }

    @Override
    public Decision allocate(Fabric fabric, Ledger ledger, Request request) {
        return allocators.get(preference.get()).allocate(fabric, ledger, request);
    }

    /** Returns what the property's value says; few spines for what is no such value. */
    public static Preference of(Object value) {
        return value != null && value.toString().trim().equalsIgnoreCase(text(Preference.FEWER_RULES))
                ? Preference.FEWER_RULES : Preference.FEWER_SPINES;
    }

    /** Returns a value of the property. */
    public static String text(Preference preference) {
        return preference.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

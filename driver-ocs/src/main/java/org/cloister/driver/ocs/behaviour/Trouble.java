package org.cloister.driver.ocs.behaviour;

import org.onosproject.alarm.Alarm;

import java.util.Objects;

/** Something that is wrong with a switch; the same while it lasts. */
final class Trouble {

    private final String id;
    private final String source;
    private final String description;
    private final Alarm.SeverityLevel severity;
    private final boolean affectsService;

    /**
     * Creates a trouble.
     *
     * @param id     unique among those of the switch
     * @param source where it is, in the form of an entity of ONOS's alarms
     */
    Trouble(String id, String source, String description, Alarm.SeverityLevel severity, boolean affectsService) {
        this.id = id;
        this.source = source;
        this.description = description;
        this.severity = severity;
        this.affectsService = affectsService;
    }

    String id() {
        return id;
    }

    String source() {
        return source;
    }

    String description() {
        return description;
    }

    Alarm.SeverityLevel severity() {
        return severity;
    }

    boolean affectsService() {
        return affectsService;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trouble && ((Trouble) other).id.equals(id)
                && ((Trouble) other).description.equals(description);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, description);
    }

    @Override
    public String toString() {
        return description;
    }
}

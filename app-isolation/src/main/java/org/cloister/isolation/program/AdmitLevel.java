package org.cloister.isolation.program;

/**
 * Which of two priorities host ports admit at. Two generations of a slice admit the same packets under different tags.
 * What admits at a host port does not match the tag, so both can stand on a switch at once only at different
 * priorities.
 */
public enum AdmitLevel {
    FIRST, SECOND;

    /** Returns the other one. */
    public AdmitLevel other() {
        return this == FIRST ? SECOND : FIRST;
    }
}

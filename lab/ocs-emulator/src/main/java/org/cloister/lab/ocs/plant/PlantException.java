package org.cloister.lab.ocs.plant;

/** The plant did not do what it was told; the message says what and why. */
public final class PlantException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public PlantException(String message) {
        super(message);
    }

    public PlantException(String message, Throwable cause) {
        super(message, cause);
    }
}

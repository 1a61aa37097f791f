package org.cloister.isolation.api;

/** Reads the fabric. */
public interface FabricService {

    /**
     * Returns the fabric as configured and observed now, with what slices hold of it.
     *
     * @throws RefusedException {@code not-ready} if there is no configuration yet
     */
    FabricView fabric();
}

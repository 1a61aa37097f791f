package org.cloister.isolation.api;

/** Compares what a slice needs with what its switches hold. */
public interface VerificationService {

    /**
     * Looks at the rules and meters that ONOS knows, now, and compares them with what the slice's document asks for.
     * Changes nothing, and works on every node.
     *
     * <p>ONOS asks each switch for its tables every few seconds; {@link Verification.SwitchCheck#lastRead()} says when
     * it last did. What a switch has lost since then is not seen before the next time.
     *
     * @throws RefusedException {@code not-found} if there is no such slice, {@code not-ready} without a configuration
     *         of the fabric, {@code store-unavailable}
     */
    Verification verify(SliceId id);
}

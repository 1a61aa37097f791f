package org.cloister.lab.openflow.flow;

/**
 * A flow rule holds something that this provider does not put on the wire, or that a switch would not report as it
 * was asked for. The message names the criterion or instruction and its value. ONOS's flow rule manager takes this type to mean that
 * the rule has failed and need not be tried again.
 */
public class UnsupportedRuleException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    public UnsupportedRuleException(String message) {
        super(message);
    }
}

package org.cloister.isolation.control.southbound;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import org.cloister.isolation.control.environment.SwitchErrors;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowController;
import org.onosproject.openflow.controller.OpenFlowEventListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadActionErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadInstructionErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFBadMatchErrorMsg;
import org.projectfloodlight.openflow.protocol.errormsg.OFFlowModFailedErrorMsg;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Remembers what OpenFlow switches say when they refuse a rule. The error carries the beginning of the message that it
 * is about, and ONOS puts the rule's id into that message's cookie.
 *
 * <p>This component exists only where ONOS's OpenFlow controller does; its packages are optional imports.
 */
@Component(immediate = true, service = SwitchErrors.class)
public final class OpenFlowSwitchErrors implements SwitchErrors {

    private static final int REMEMBERED = 10_000;
    private static final int REMEMBERED_MINUTES = 10;
    private static final int FLOW_MOD = 14;
    private static final int TYPE_OFFSET = 1;
    private static final int COOKIE_OFFSET = 8;

    private final Cache<Long, String> errors = CacheBuilder.newBuilder()
            .maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_MINUTES, TimeUnit.MINUTES).build();
    private final OpenFlowEventListener listener = this::handle;

    @Reference
    private OpenFlowController controller;

    /** Starts to listen. */
    @Activate
    public void activate() {
        controller.addEventListener(listener);
    }

    /** Stops listening. */
    @Deactivate
    public void deactivate() {
        controller.removeEventListener(listener);
    }

    @Override
    public Optional<String> about(FlowRule rule) {
        return Optional.ofNullable(errors.getIfPresent(rule.id().value()));
    }

    void handle(Dpid dpid, OFMessage message) {
        if (message instanceof OFErrorMsg) {
            OFErrorMsg error = (OFErrorMsg) message;
            cookie(error.getData().getData()).ifPresent(cookie -> errors.put(cookie, text(error)));
        }
    }

    /** Switches cut the message short, so it is not parsed as one. */
    private static OptionalLong cookie(byte[] message) {
        return message.length >= COOKIE_OFFSET + Long.BYTES && message[TYPE_OFFSET] == FLOW_MOD
                ? OptionalLong.of(ByteBuffer.wrap(message).getLong(COOKIE_OFFSET)) : OptionalLong.empty();
    }

    private static String text(OFErrorMsg error) {
        String code = "";
        if (error instanceof OFFlowModFailedErrorMsg) {
            code = " " + ((OFFlowModFailedErrorMsg) error).getCode();
        } else if (error instanceof OFBadActionErrorMsg) {
            code = " " + ((OFBadActionErrorMsg) error).getCode();
        } else if (error instanceof OFBadInstructionErrorMsg) {
            code = " " + ((OFBadInstructionErrorMsg) error).getCode();
        } else if (error instanceof OFBadMatchErrorMsg) {
            code = " " + ((OFBadMatchErrorMsg) error).getCode();
        }
        return "the switch answers " + error.getErrType() + code;
    }
}

package org.cloister.lab.openflow;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every added switch for one kind of statistics: first one second after it was added, then once a period,
 * and only while this node is its master, since a switch answers its master alone.
 */
public final class SwitchPolls {

    private static final Logger log = LoggerFactory.getLogger(SwitchPolls.class);
    private static final long FIRST_SECONDS = 1;

    private final ScheduledExecutorService timer;
    private final Function<OpenFlowSwitch, OFMessage> request;
    private final Map<Dpid, Poll> polls = new ConcurrentHashMap<>();
    private volatile int periodSeconds;

    /**
     * Creates an empty set of polls.
     *
     * @param timer         runs the polls; stays the caller's to shut down
     * @param periodSeconds seconds from one request to the next
     * @param request       the message that asks a switch
     */
    public SwitchPolls(ScheduledExecutorService timer, int periodSeconds, Function<OpenFlowSwitch, OFMessage> request) {
        this.timer = timer;
        this.periodSeconds = periodSeconds;
        this.request = request;
    }

    /** Starts asking a switch; a switch that came back replaces its former session. */
    public void add(OpenFlowSwitch sw) {
        Poll former = polls.put(sw.getDpid(), new Poll(sw, FIRST_SECONDS));
        if (former != null) {
            former.stop();
        }
    }

    /** Stops asking a switch. */
    public void remove(Dpid dpid) {
        Poll poll = polls.remove(dpid);
        if (poll != null) {
            poll.stop();
        }
    }

    /** Changes the period of all switches; the next request goes out one new period from now. */
    public void period(int seconds) {
        if (seconds != periodSeconds) {
            periodSeconds = seconds;
            polls.replaceAll((dpid, poll) -> {
                poll.stop();
                return new Poll(poll.sw, seconds);
            });
        }
    }

    /** Stops asking. */
    public void clear() {
        polls.values().forEach(Poll::stop);
        polls.clear();
    }

    private final class Poll {
        private final OpenFlowSwitch sw;
        private final ScheduledFuture<?> future;

        private Poll(OpenFlowSwitch sw, long firstSeconds) {
            this.sw = sw;
            this.future = timer.scheduleAtFixedRate(this::ask, firstSeconds, periodSeconds, TimeUnit.SECONDS);
        }

        private void ask() {
            try {
                if (sw.getRole() == RoleState.MASTER) {
                    sw.sendMsg(request.apply(sw));
                }
            } catch (RuntimeException e) {
                // thrown on, it would end this switch's polls for good
                log.warn("Cannot ask {} for statistics", sw.getStringId(), e);
            }
        }

        private void stop() {
            future.cancel(false);
        }
    }
}

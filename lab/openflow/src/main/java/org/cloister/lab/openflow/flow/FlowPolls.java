package org.cloister.lab.openflow.flow;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.onosproject.openflow.controller.Dpid;
import org.onosproject.openflow.controller.OpenFlowSwitch;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the connected switches for all their rules, when their {@link FlowPollSchedule} says so. */
final class FlowPolls {

    private static final Logger log = LoggerFactory.getLogger(FlowPolls.class);

    private final ScheduledExecutorService timer;
    private final Map<Dpid, Poll> polls = new ConcurrentHashMap<>();
    private int periodSeconds;
    private boolean pauseUnderLoad;

    FlowPolls(ScheduledExecutorService timer, int periodSeconds, boolean pauseUnderLoad) {
        this.timer = timer;
        this.periodSeconds = periodSeconds;
        this.pauseUnderLoad = pauseUnderLoad;
    }

    synchronized void add(OpenFlowSwitch sw) {
        remove(sw.getDpid());
        polls.put(sw.getDpid(), new Poll(sw));
    }

    synchronized void remove(Dpid dpid) {
        Poll poll = polls.remove(dpid);
        if (poll != null) {
            poll.ticks.cancel(false);
        }
    }

    synchronized void configure(int newPeriodSeconds, boolean newPauseUnderLoad) {
        periodSeconds = newPeriodSeconds;
        pauseUnderLoad = newPauseUnderLoad;
        polls.values().forEach(poll -> poll.schedule.configure(newPeriodSeconds, newPauseUnderLoad));
    }

    void record(Dpid dpid, int rules) {
        polls.computeIfPresent(dpid, (id, poll) -> {
            poll.schedule.record(rules);
            return poll;
        });
    }

    void replied(Dpid dpid) {
        polls.computeIfPresent(dpid, (id, poll) -> {
            poll.schedule.replied();
            return poll;
        });
    }

    void restart(Dpid dpid) {
        polls.computeIfPresent(dpid, (id, poll) -> {
            poll.schedule.restart();
            return poll;
        });
    }

    synchronized void clear() {
        polls.values().forEach(poll -> poll.ticks.cancel(false));
        polls.clear();
    }

    private final class Poll {
        private final OpenFlowSwitch sw;
        private final FlowPollSchedule schedule = new FlowPollSchedule(periodSeconds, pauseUnderLoad);
        private final ScheduledFuture<?> ticks;

        private Poll(OpenFlowSwitch sw) {
            this.sw = sw;
            this.ticks = timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        }

        private void tick() {
            try {
                if (schedule.tick(sw.getRole())) {
                    sw.sendMsg(request());
                }
            } catch (RuntimeException e) {
                // thrown on, it would end this switch's polls for good
                log.warn("Cannot ask {} for its rules", sw.getStringId(), e);
            }
        }

        private OFMessage request() {
            return sw.factory().buildFlowStatsRequest()
                    .setMatch(sw.factory().matchWildcardAll())
                    .setTableId(TableId.ALL)
                    .setOutPort(OFPort.ANY)
                    .build();
        }
    }
}

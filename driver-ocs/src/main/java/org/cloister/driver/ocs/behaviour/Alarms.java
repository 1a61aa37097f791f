package org.cloister.driver.ocs.behaviour;

import org.onosproject.alarm.Alarm;
import org.onosproject.alarm.AlarmConsumer;
import org.onosproject.net.driver.AbstractHandlerBehaviour;

import java.util.List;

/** The alarms of a switch that are raised now; one that is cleared is not among them. */
public final class Alarms extends AbstractHandlerBehaviour implements AlarmConsumer {

    @Override
    public List<Alarm> consumeAlarms() {
        return handler().get(AlarmBook.class).alarms(data().deviceId());
    }
}

package org.cloister.lab.ocs.gnmi;

import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Path;
import org.cloister.gnmi.Update;

import java.util.List;
import java.util.function.LongSupplier;

/** Makes notifications for one client. */
final class Notifications {

    private final LongSupplier epochNs;
    private final Encoding encoding;
    private final String target;

    Notifications(LongSupplier epochNs, Encoding encoding, String target) {
        this.epochNs = epochNs;
        this.encoding = encoding;
        this.target = target;
    }

    Notification of(List<Leaf> updates, List<Path> deletes) {
        Notification.Builder notification = Notification.newBuilder().setTimestamp(epochNs.getAsLong());
        if (!target.isEmpty()) {
            notification.setPrefix(Path.newBuilder().setTarget(target));
        }
        updates.forEach(leaf -> notification.addUpdate(Update.newBuilder().setPath(leaf.path())
                .setVal(Values.write(leaf.value(), encoding))));
        return notification.addAllDelete(deletes).build();
    }
}

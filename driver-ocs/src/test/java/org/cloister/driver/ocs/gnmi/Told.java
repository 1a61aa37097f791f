package org.cloister.driver.ocs.gnmi;

import com.google.protobuf.ByteString;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Path;
import org.cloister.gnmi.PathElem;
import org.cloister.gnmi.TypedValue;
import org.cloister.gnmi.Update;

/** Notifications as a switch sends them. */
final class Told {

    private Told() {
    }

    static Notification.Builder at(long time) {
        return Notification.newBuilder().setTimestamp(time);
    }

    /** Returns a leaf, by a path such as {@code /connections/port-connection[name=a]/state/status}. */
    static Update leaf(String path, String value) {
        return leaf(path, TypedValue.newBuilder().setStringVal(value));
    }

    static Update json(String path, String json) {
        return leaf(path, TypedValue.newBuilder().setJsonIetfVal(ByteString.copyFromUtf8(json)));
    }

    static Update leaf(String path, TypedValue.Builder value) {
        return Update.newBuilder().setPath(path(path)).setVal(value).build();
    }

    static Path path(String text) {
        Path.Builder path = Path.newBuilder();
        for (String name : text.substring(1).split("/")) {
            String[] keyed = name.split("\\[name=|]");
            PathElem.Builder element = PathElem.newBuilder().setName(keyed[0]);
            if (keyed.length > 1) {
                element.putKey("name", keyed[1]);
            }
            path.addElem(element);
        }
        return path.build();
    }

    /** Returns a notification of a connection. */
    static Notification connection(long time, String name, String input, String output, String status) {
        String entry = "/connections/port-connection[name=" + name + "]";
        return at(time).addUpdate(leaf(entry + "/config/input-port-name", input))
                .addUpdate(leaf(entry + "/config/output-port-name", output))
                .addUpdate(leaf(entry + "/state/status", status))
                .addUpdate(leaf("/connections/last-change-time", Long.toString(time))).build();
    }

    /** Returns a notification that a connection is gone. */
    static Notification gone(long time, String name) {
        return at(time).addDelete(path("/connections/port-connection[name=" + name + "]"))
                .addUpdate(leaf("/connections/last-change-time", Long.toString(time))).build();
    }
}

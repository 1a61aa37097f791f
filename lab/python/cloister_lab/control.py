"""The socket by which a test harms an optical switch, apart from its management protocol: one line of JSON each way."""
import json
import socket

SECONDS = 10.0


class ControlFailed(RuntimeError):
    """The emulator did not take an order; the message holds order and answer."""


class Control:
    """Orders for one emulator. Every one returns its answer as JSON, or raises ControlFailed."""

    def __init__(self, path):
        self._path = str(path)

    def fault(self, name, **parameters):
        """Has something go wrong from now on, for instance fault("stuck-mirror", port="3")."""
        return self.order({"fault": name, **parameters})

    def clear(self, name):
        """Ends a fault."""
        return self.order({"clear": name})

    def set_times(self, switching_millis, optics_millis):
        """How long mirrors take from now on, and then optics until there is light at the far ends."""
        return self.order({"times": {"switchingMillis": switching_millis, "opticsMillis": optics_millis}})

    def show(self):
        """What the emulator says of itself, for people: a test asks the data path instead."""
        return self.order({"show": True})

    def order(self, order):
        try:
            answer = self._exchange(json.dumps(order).encode() + b"\n")
        except (OSError, ValueError) as failure:
            raise ControlFailed(f"{self._path}: {order}: {failure}") from None
        if "error" in answer:
            raise ControlFailed(f"{self._path}: {order}: {answer['error']}")
        return answer

    def _exchange(self, line):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(SECONDS)
            connection.connect(self._path)
            connection.sendall(line)
            with connection.makefile("rb") as answers:
                return json.loads(answers.readline())

"""HTTP to ONOS: JSON in and out, basic authentication, every request with a deadline."""
import base64
import json
import socket
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

BASE = "http://127.0.0.1:8181"
SECONDS = 10.0
JSON = "application/json"
BINARY = "application/octet-stream"

# No proxy of the environment: the lab speaks to loopback alone.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class RestFailed(RuntimeError):
    """An answer that the caller did not expect; the message holds method, path, status and body."""

    def __init__(self, answer):
        super().__init__(f"{answer.method} {answer.path}: {answer.status}: {answer.text.strip()[:600]}")
        self.answer = answer
        self.status = answer.status


class RestUnreachable(RuntimeError):
    """No answer: connection refused, cut, or nothing within the deadline."""


@dataclass(frozen=True)
class Answer:
    """What came back. millis: from the request to the last byte of the answer."""
    method: str
    path: str
    status: int
    headers: object
    body: bytes
    millis: float

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def json(self):
        """The body as JSON. Raises RestFailed when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise RestFailed(self) from None

    def expect(self, *statuses):
        """This answer, if it has one of the statuses (default: any 2xx). Raises RestFailed else."""
        if self.status not in statuses if statuses else self.status // 100 != 2:
            raise RestFailed(self)
        return self


class Rest:
    """One user's view of one server. Safe to share between threads.

        onos = Rest(prefix="/onos/v1")
        devices = onos.get("/devices").expect(200).json()["devices"]
        slurm = Rest("slurm", "slurm", prefix="/cloister/v1")
        slurm.put("/slices/a-1?wait=30", {"members": []}, seconds=40).expect(201)
    """

    def __init__(self, user="onos", password="rocks", prefix="", base=BASE, seconds=SECONDS):
        self.base = base
        self.prefix = prefix
        self.seconds = seconds
        self._authorization = None if user is None else \
            "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def put(self, path, body=None, **options):
        return self.request("PUT", path, body, **options)

    def post(self, path, body=None, **options):
        return self.request("POST", path, body, **options)

    def delete(self, path, body=None, **options):
        return self.request("DELETE", path, body, **options)

    def request(self, method, path, body=None, content_type=None, headers=None, seconds=None):
        """Sends one request and returns the Answer, whatever its status.

        body: bytes as they are, anything else but None as JSON. seconds: longest silence, default that of the client.
        Raises RestUnreachable.
        """
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.base + self.prefix + path, data=data, method=method)
        request.add_header("Accept", "*/*")
        if data is not None:
            request.add_header("Content-Type", content_type or (BINARY if isinstance(body, bytes) else JSON))
        if self._authorization:
            request.add_header("Authorization", self._authorization)
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        began = time.monotonic()
        try:
            with self._open(request, seconds or self.seconds) as response:
                status, found, content = response.status, response.headers, response.read()
        except (urllib.error.URLError, OSError, socket.timeout) as failure:
            reason = getattr(failure, "reason", None) or failure
            raise RestUnreachable(f"{method} {self.prefix + path}: {reason}") from None
        return Answer(method, self.prefix + path, status, found, content, (time.monotonic() - began) * 1000)

    @staticmethod
    def _open(request, seconds):
        try:
            return _OPENER.open(request, timeout=seconds)
        except urllib.error.HTTPError as refused:  # an answer all the same
            return refused

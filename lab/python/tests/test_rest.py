"""The HTTP client against a real server."""
import base64
import json
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cloister_lab.rest import Rest, RestFailed, RestUnreachable


class Echo(BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.endswith("/silent"):
            self.server.released.wait(10)
            return
        status = 409 if self.path.endswith("/conflict") else 200
        content = json.dumps({"method": self.command, "path": self.path, "body": body.decode("latin-1"),
                              "type": self.headers.get("Content-Type"),
                              "authorization": self.headers.get("Authorization"),
                              "etag": self.headers.get("If-Match")}).encode()
        self.send_response(status)
        self.send_header("ETag", "7")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = answer

    def log_message(self, *words):
        """Nothing on the console."""


class RestTest(unittest.TestCase):
    def setUp(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        self.server.released = threading.Event()
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.rest = Rest("slurm", "secret", prefix="/cloister/v1", base=self.base, seconds=5)

    def tearDown(self):
        self.server.released.set()
        self.server.shutdown()
        self.server.server_close()

    def test_sends_json_with_user_and_prefix(self):
        answer = self.rest.put("/slices/a?wait=1", {"members": []}, headers={"If-Match": "3"}).expect(200)
        seen = answer.json()
        self.assertEqual("/cloister/v1/slices/a?wait=1", seen["path"])
        self.assertEqual({"members": []}, json.loads(seen["body"]))
        self.assertEqual("application/json", seen["type"])
        self.assertEqual("Basic " + base64.b64encode(b"slurm:secret").decode(), seen["authorization"])
        self.assertEqual("3", seen["etag"])
        self.assertEqual("7", answer.headers["ETag"])

    def test_sends_bytes_as_they_are(self):
        seen = self.rest.post("/applications", b"PK\x03\xff").json()
        self.assertEqual("PK\x03\xff", seen["body"])
        self.assertEqual("application/octet-stream", seen["type"])

    def test_nobody_sends_no_credentials(self):
        self.assertIsNone(Rest(None, base=self.base).get("/x").json()["authorization"])

    def test_refusal_is_an_answer(self):
        answer = self.rest.delete("/conflict")
        self.assertEqual(409, answer.status)
        with self.assertRaisesRegex(RestFailed, "DELETE /cloister/v1/conflict: 409: .*method"):
            answer.expect(204, 404)
        self.assertIs(answer, answer.expect(409))

    def test_silence_ends_at_the_deadline(self):
        with self.assertRaisesRegex(RestUnreachable, "/cloister/v1/silent"):
            self.rest.get("/silent", seconds=0.2)

    def test_nobody_there(self):
        self.server.shutdown()
        self.server.server_close()
        with self.assertRaises(RestUnreachable):
            self.rest.get("/x")


if __name__ == "__main__":
    unittest.main()

"""A way to a simulated PMS for one key alone."""

import json
import threading
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Gate:
    """Answers as Entrata does to a wrong key, and hands on what comes with the right one; `close` must follow."""

    KEY = "the right key"
    REFUSAL = "Authentication failed: this key was revoked on 1 March."

    def __init__(self, simulator):
        self._is_open = threading.Event()
        self._is_open.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(simulator, self._is_open))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def shut(self):
        """Until it ends, whoever asks is kept waiting."""
        self._is_open.clear()
        try:
            yield
        finally:
            self._is_open.set()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _handler(simulator, is_open):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            is_open.wait(60)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("X-Api-Key") != Gate.KEY:
                error = {"code": 401, "message": Gate.REFUSAL}
                answer = json.dumps({"response": {"requestId": "1", "error": error}}).encode()
                self._answer([("Content-Type", "application/json")], answer)
                return
            headers = {
                name: value for name, value in self.headers.items()
                if name.lower() in ("content-type", "x-api-key", "accept")
            }
            request = urllib.request.Request(simulator.url + self.path, body, headers)
            with urllib.request.urlopen(request, timeout=30) as answer:
                kept = [
                    (name, value) for name, value in answer.headers.items()
                    if name.lower() == "content-type" or name.lower().startswith("x-")
                    or name.lower() == "link"
                ]
                self._answer(kept, answer.read())

        def _answer(self, headers, body):
            self.send_response(200)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            """Says nothing."""

    return Handler

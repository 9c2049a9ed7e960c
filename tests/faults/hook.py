"""Another system that is told of events: it counts how often it heard each, and is not always well."""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random


class Hook:
    def __init__(self, draw: Random) -> None:
        self.heard: Counter[int] = Counter()
        self.well = False
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                body = self.rfile.read(length)
                if len(body) < length:
                    return  # Its worker was killed in the middle of a word.
                entry = json.loads(body)["id"]
                failing = not hook.well and draw.random() < 0.1
                if not failing:
                    hook.heard[entry] += 1
                self.send_response(500 if failing else 204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

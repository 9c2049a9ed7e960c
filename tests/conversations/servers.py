"""Small servers that stand in for the other end of a channel: they speak the protocol and keep what they were told."""

import base64
import json
import re
import socketserver
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Asked:
    """One request as it came."""

    def __init__(self, method: str, url: str, headers: Any, body: bytes) -> None:
        parts = urlsplit(url)
        self.method, self.path, self.body = method, parts.path, body
        self.query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.headers = {name.lower(): value for name, value in headers.items()}

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Web:
    """Answers what the script says, by path; the last answer of a path stays."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.script: dict[str, deque[tuple[int, Any]]] = {}
        self.base = ""

    def will(self, path: str, *answers: Any, status: int = 200) -> None:
        self.script[path] = deque((status, answer) for answer in answers)

    def answer(self, asked: Asked) -> tuple[int, bytes]:
        self.asked.append(asked)
        told = self.script.get(asked.path, deque([(404, {})]))
        status, content = told.popleft() if len(told) > 1 else told[0]
        return status, content if isinstance(content, bytes) else json.dumps(content).encode()


@contextmanager
def web() -> Iterator[Web]:
    book = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, content = book.answer(Asked(self.command, self.path, self.headers, body))
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST

        def log_message(self, *told: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    book.base = f"http://127.0.0.1:{server.server_port}"
    with _running(server):
        yield book


class Imap:
    """A mailbox of IMAP4rev1 (RFC 3501), as much of it as reading takes; letters are numbered from 1."""

    def __init__(self, *letters: bytes) -> None:
        self.letters, self.validity, self.port = list(letters), 7, 0
        self.marked = False


@contextmanager
def imap(*letters: bytes) -> Iterator[Imap]:  # noqa: C901 - a protocol is a list of cases
    box = Imap(*letters)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say(b"* OK [CAPABILITY IMAP4rev1] ready")
            for line in iter(self.rfile.readline, b""):
                tag, _space, command = line.strip().partition(b" ")
                if not self.obey(tag, command):
                    return

        def obey(self, tag: bytes, command: bytes) -> bool:
            word = command.upper()
            if word.startswith(b"LOGOUT"):
                self.say(b"* BYE", tag + b" OK bye")
                return False
            if word.startswith((b"EXAMINE", b"SELECT")):
                box.marked = box.marked or word.startswith(b"SELECT")
                self.say(b"* %d EXISTS" % len(box.letters), b"* OK [UIDVALIDITY %d] valid" % box.validity)
                self.say(tag + b" OK [READ-ONLY] selected")
            elif word.startswith(b"UID SEARCH UID "):
                first = int(command.split(b" ")[3].partition(b":")[0])
                found = [n for n in range(1, len(box.letters) + 1) if n >= min(first, len(box.letters))]
                self.say(b"* SEARCH " + b" ".join(b"%d" % n for n in found), tag + b" OK found")
            elif match := re.match(rb"UID FETCH (\d+) \((RFC822.SIZE|BODY.PEEK\[\])\)", word):
                self.fetch(int(match[1]), match[2])
                self.say(tag + b" OK fetched")
            else:
                self.say(b"* CAPABILITY IMAP4rev1") if word == b"CAPABILITY" else None
                self.say(tag + (b" OK done" if word.startswith((b"LOGIN", b"CAPABILITY", b"NOOP")) else b" BAD what"))
            return True

        def fetch(self, uid: int, what: bytes) -> None:
            letter = box.letters[uid - 1]
            if what == b"RFC822.SIZE":
                self.say(b"* %d FETCH (UID %d RFC822.SIZE %d)" % (uid, uid, len(letter)))
                return
            self.wfile.write(b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (uid, uid, len(letter)) + letter + b")\r\n")

        def say(self, *lines: bytes) -> None:
            self.wfile.write(b"".join(line + b"\r\n" for line in lines))

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address, daemon_threads = True, True

    server = Server(("127.0.0.1", 0), Handler)
    box.port = server.server_address[1]
    with _running(server):
        yield box


@contextmanager
def _running(server: Any) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def aes_key() -> str:
    """An EncodingAESKey of 43 characters."""
    return base64.b64encode(bytes(range(32))).decode().rstrip("=")

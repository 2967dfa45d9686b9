"""The Bot API on the wire: HTTP in and out, forms and files parsed, answers as Telegram words them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote

TOKEN = "7000000001:AAcanary_canary_canary_canary_canary1"
PART = re.compile(rb'name="([^"]*)"(?:; filename="([^"]*)")?')

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """A call as it came in; `files` by field as (name, content)."""

    method: str
    params: Json
    files: dict[str, tuple[str, bytes]]


class RefusedError(Exception):
    """An answer that isn't ok."""

    def __init__(self, status: int, description: str, parameters: Json | None = None):
        super().__init__(description)
        self.status = status
        self.parameters = parameters or {}


class Api(Protocol):
    """What answers."""

    def handle(self, call: Call) -> Any: ...
    def file(self, key: str) -> bytes | None: ...


class Server(ThreadingHTTPServer):
    """A server on loopback in front of an `Api`."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, api: Api):
        super().__init__(("127.0.0.1", 0), _handler(api))

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no error here."""


def _parsed(kind: str, body: bytes) -> tuple[Json, dict[str, tuple[str, bytes]]]:
    if not kind.startswith("multipart/"):
        return {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}, {}
    params: Json = {}
    files = {}
    for part in body.split(b"--" + kind.split("boundary=")[1].encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        found = PART.search(head)
        assert found, head
        name = found[1].decode()
        if found[2] is None:
            params[name] = content[:-2].decode()
        else:
            files[name] = (found[2].decode(), content[:-2])
    return params, files


def _handler(api: Api) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path, _, query = self.path.partition("?")
            token, _, method = path.removeprefix("/bot").partition("/")
            try:
                if token != TOKEN:
                    raise RefusedError(401, "Unauthorized")
                params, files = _parsed(self.headers.get("Content-Type", ""), body)
                asked = {name: values[0] for name, values in parse_qs(query).items()}
                result = api.handle(Call(method, {**asked, **params}, files))
                self._answer(200, {"ok": True, "result": result})
            except RefusedError as error:
                answer = {"ok": False, "error_code": error.status, "description": str(error)}
                self._answer(error.status, {**answer, "parameters": error.parameters})

        def do_GET(self) -> None:
            path = unquote(self.path)
            content = api.file(path.rpartition("/")[2]) if path.startswith(f"/file/bot{TOKEN}/") else None
            self._send(404 if content is None else 200, content or b"{}")

        def _answer(self, status: int, answer: Json) -> None:
            if status:
                self._send(status, json.dumps(answer).encode())
            else:
                self.close_connection = True

        def _send(self, status: int, body: bytes) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    return Handler

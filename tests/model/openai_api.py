"""An OpenAI-compatible server on loopback that answers well, or in any of the bad ways servers have."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final

KEY = "sk-canary-canary-canary-0123456789"
PATIENCE = 10.0

Json = dict[str, Any]
Answer = Callable[["Wire"], None]


class Wire:
    """One request being answered; writing to somebody who has gone raises OSError."""

    def __init__(self, api: OpenAiApi, handler: BaseHTTPRequestHandler, asked: Json):
        self.api = api
        self.asked = asked
        self._handler = handler

    def head(self, status: int = 200, kind: str = "text/event-stream", **more: str) -> None:
        self._handler.send_response(status)
        for name, value in {"Content-Type": kind, "Connection": "close", **more}.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()

    def write(self, text: str | bytes) -> None:
        self._handler.wfile.write(text if isinstance(text, bytes) else text.encode())
        self._handler.wfile.flush()

    def event(self, content: str | None = None, finish: str | None = None) -> None:
        delta = {} if content is None else {"role": "assistant", "content": content}
        self.row({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    def row(self, more: Json) -> None:
        base = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": self.asked.get("model")}
        self.write(f"data: {json.dumps(base | more)}\n\n")

    def stop(self) -> None:
        self.event(finish="stop")
        self.write("data: [DONE]\n\n")

    def hold(self) -> None:
        """Wait until the server closes or the test opens the gate."""
        gate = self.api.gate
        self.api.held.release()
        gate.wait(PATIENCE)


def says(text: str, size: int = 5) -> Answer:
    """A server that streams a text and ends well."""

    def answer(wire: Wire) -> None:
        wire.head()
        for at in range(0, len(text), size):
            wire.event(text[at : at + size])
        wire.stop()

    return answer


def echoes(made: Callable[[str, str], str]) -> Answer:
    """A server that makes its text from the rules and the material it was sent."""

    def answer(wire: Wire) -> None:
        rules, material = (one["content"] for one in wire.asked["messages"])
        says(made(rules, material))(wire)

    return answer


def reworded(exact: str) -> str:
    """An answer as a good model words it, without its mark."""
    return exact.replace("：", "，", 1)


def faithful(_rules: str, material: str) -> str:
    """What a good model makes of its material."""
    return reworded(material.partition("<答案>")[2].partition("</答案>")[0].strip()) + "〔1〕"


def slow(then: Answer) -> Answer:
    """A server that answers once the gate is open."""

    def answer(wire: Wire) -> None:
        wire.hold()
        then(wire)

    return answer


def body(status: int, kind: str, content: str, **headers: str) -> Answer:
    """A server that answers with one body whatever it was asked."""

    def answer(wire: Wire) -> None:
        wire.head(status, kind, **headers)
        wire.write(content)

    return answer


def _silent(wire: Wire) -> None:
    wire.hold()


def _silent_after_head(wire: Wire) -> None:
    wire.head()
    wire.hold()


def _stalls(wire: Wire) -> None:
    wire.head()
    wire.event("不可以")
    wire.hold()


def _trickles(wire: Wire) -> None:
    """Bytes without end, of which no word ever comes."""
    wire.head()
    gate = wire.api.gate
    while not gate.wait(0.005):
        wire.write(":")


def _drips(wire: Wire) -> None:
    """Words without end, each too late to be the last."""
    wire.head()
    gate = wire.api.gate
    while not gate.wait(0.02):
        wire.event("\u200b")


def _breaks_off(wire: Wire) -> None:
    wire.head(Transfer_Encoding="chunked")
    wire.write("5\r\ndata:")


def _just_ends(wire: Wire) -> None:
    wire.head()
    wire.event("不可以：牵头单位应在江苏省注册登记〔1〕。")


def _cut(wire: Wire) -> None:
    wire.head()
    wire.event("不可以：牵头单位应在江苏省注册登记〔1〕。")
    wire.event(finish="length")
    wire.write("data: [DONE]\n\n")


def _no_choices(wire: Wire) -> None:
    wire.head()
    wire.row({"choices": []})
    wire.write("data: [DONE]\n\n")


def _floods(wire: Wire) -> None:
    wire.head()
    while True:
        wire.event("可以可以" * 64)


def _one_line(wire: Wire) -> None:
    wire.head()
    wire.write("data: ")
    while True:
        wire.write(b"x" * 65536)


def _error_event(wire: Wire) -> None:
    wire.head()
    wire.write(f'data: {{"error": {{"message": "no {KEY}"}}}}\n\n')


TROUBLES: Final[dict[str, Answer]] = {
    "silent": _silent,
    "silent after the head": _silent_after_head,
    "stalls after the first token": _stalls,
    "trickles bytes for ever": _trickles,
    "drips tokens for ever": _drips,
    "breaks off": _breaks_off,
    "ends without an end": _just_ends,
    "cut for length": _cut,
    "no choices": _no_choices,
    "says nothing": says(""),
    "blank": says(" \n "),
    "floods": _floods,
    "one endless line": _one_line,
    "an error in the stream": _error_event,
    "429": body(429, "application/json", '{"error": {"message": "slow down"}}', Retry_After="9"),
    "500": body(500, "application/json", '{"error": {"message": "trouble"}}'),
    "401 with the key": body(401, "application/json", f'{{"error": {{"message": "Incorrect key: {KEY}"}}}}'),
    "HTML": body(200, "text/html", "<html><body>Bad gateway</body></html>"),
    "prose": body(200, "text/plain", "不可以：牵头单位应在江苏省注册登记。"),
    "a broken event": body(200, "text/event-stream", "data: {oops\n\n"),
    "packed": body(200, "text/event-stream", "data: [DONE]\n\n", Content_Encoding="gzip"),
    "a redirect": body(307, "text/plain", "", Location="http://127.0.0.1:9/v1/chat/completions"),
}  # fmt: skip


class OpenAiApi:
    """The server; `answer` says what it does, `asked` what came in, `held` counts who waits at the `gate`."""

    def __init__(self, answer: Answer = _no_choices) -> None:
        self.answer = answer
        self.asked: list[Json] = []
        self.keys: set[str] = set()
        self.gate = threading.Event()
        self.held = threading.Semaphore(0)
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def fresh(self) -> None:
        """Forget who waits, and let them go."""
        self.gate.set()
        self.gate, self.held = threading.Event(), threading.Semaphore(0)

    def __enter__(self) -> OpenAiApi:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.gate.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 512

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error here."""


def _handler(api: OpenAiApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.close_connection = True
            asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            api.asked.append(asked)
            api.keys.add(self.headers.get("Authorization", ""))
            with suppress(OSError):
                api.answer(Wire(api, self, asked))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    return Handler

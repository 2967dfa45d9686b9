"""An OpenAI-compatible embeddings server on loopback that the tests start; what it was asked can be looked at."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.hashing import Hashing


class Embedder:
    """`means` gives texts the vectors of others, as a model does for what means the same."""

    def __init__(self, means: Mapping[str, str] | None = None) -> None:
        self._means = means or {}
        self.asked: list[dict[str, Any]] = []
        self.broken = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def texts(self) -> int:
        return sum(len(one["input"]) for one in self.asked)

    def __enter__(self) -> Embedder:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, asked: dict[str, Any]) -> bytes:
        self.asked.append(asked)
        if self.broken:
            return b"<html>gateway</html>"
        vectors = Hashing().embed_documents([self._means.get(text, text) for text in asked["input"]])
        rows = [{"index": at, "embedding": vector} for at, vector in enumerate(vectors)]
        return json.dumps({"object": "list", "model": asked["model"], "data": rows[::-1]}).encode()


def _handler(embedder: Embedder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = embedder.answer(asked) if self.path == "/v1/embeddings" else b"{}"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler

"""A Chroma server: whether it is there, and a client that doesn't wait for ever."""

from __future__ import annotations

import base64
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

import httpx

SECONDS: Final = 5.0
PORT: Final = 8000


def alive(url: str) -> None:
    """Nothing when a Chroma server answers at the address; httpx.HTTPError, ValueError for what is no Chroma."""
    parts = whole(url)
    answer = httpx.get(f"{parts.scheme}://{parts.netloc}/api/v2/heartbeat", timeout=SECONDS)
    told = answer.raise_for_status().json()
    if not isinstance(told, dict) or "nanosecond heartbeat" not in told:
        raise ValueError("no Chroma")


def whole(url: str) -> SplitResult:
    """The parts of an address; Chroma's own port where a plain one names none."""
    parts = urlsplit(url)
    bare = parts.port is None and parts.scheme == "http"
    return parts._replace(netloc=f"{parts.netloc.rstrip(':')}:{PORT}") if bare else parts


def login(parts: SplitResult) -> dict[str, str]:
    """The header for a proxy that asks who one is, from the address."""
    coded = base64.b64encode(f"{unquote(parts.username or '')}:{unquote(parts.password or '')}".encode()).decode()
    return {"Authorization": f"Basic {coded}"} if parts.username else {}

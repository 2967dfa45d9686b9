"""Files on their way: they go into the outbox with their message, since who sends it may run on another machine."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.turn.outcome import Post


def with_contents(posts: Sequence[Post]) -> Sequence[Post]:
    """The same messages, each with what its file holds; one whose file is away stays as it is."""
    return [_with_content(post) if "file" in post.payload else post for post in posts]


def _with_content(post: Post) -> Post:
    with suppress(OSError):
        held = b64encode(Path(post.payload["file"]).read_bytes()).decode()
        return replace(post, payload={**post.payload, "content": held})
    return post


def content(payload: Mapping[str, Any]) -> bytes:
    """What a message's file holds; OSError when it is not there any more."""
    held = payload.get("content")
    return Path(payload["file"]).read_bytes() if held is None else b64decode(held)

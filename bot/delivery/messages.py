"""Replies as messages in the outbox: of a length that every channel takes, quotes marked, files with what they hold."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from bot.store import Store
from bot.store.matters import MATTER
from bot.turn.channel import PULLED, channel_of
from bot.turn.outcome import Post
from bot.turn.ports import Outward
from bot.turn.replies import Button, Quote, Reply

# Lengths are in UTF-16 units; a little is kept back for a mark on a message sent again.
TEXT: Final = 4096 - 40
CAPTION: Final = 1024 - 40
LONG_QUOTE: Final = 160
BUTTONS: Final = 100
BUTTON_BYTES: Final = 64
UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
SENTENCE_END: Final = re.compile(r"[。！？；!?;]")


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def clean(text: str) -> str:
    """The text without what can't be sent: control characters and halves of surrogate pairs."""
    return UNSEEN.sub("", text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def cut(text: str, limit: int) -> Iterator[str]:
    """The text in pieces of at most `limit` units, at ends of paragraphs or sentences where there are any."""
    while units(text) > limit:
        head = text[:limit]
        while units(head) > limit:
            head = head[: -((units(head) - limit + 1) // 2)]
        place = _place(head)
        yield text[:place]
        text = text[place:]
    yield text


def _place(head: str) -> int:
    """Where to cut: behind the last paragraph, else the last sentence, unless that leaves too little; else anywhere."""
    paragraph = head.rfind("\n") + 1
    if paragraph > len(head) // 4:
        return paragraph
    ends = [found.end() for found in SENTENCE_END.finditer(head, len(head) // 4)]
    return ends[-1] if ends else len(head)


@dataclass
class _Page:
    text: str = ""
    marks: list[dict[str, Any]] = field(default_factory=list)

    def fits(self, piece: str) -> bool:
        return units(self.text) + 2 + units(piece) <= TEXT

    def add(self, piece: str, quoted: bool) -> None:
        self.text += "\n\n" if self.text else ""
        if quoted:
            kind = "expandable_blockquote" if units(piece) > LONG_QUOTE else "blockquote"
            self.marks.append({"type": kind, "offset": units(self.text), "length": units(piece)})
        self.text += piece

    def payload(self) -> dict[str, Any]:
        return {"text": self.text, "entities": self.marks}


def _pages(reply: Reply) -> list[_Page]:
    blocks = [(reply.text, False), *((_quoted(quote), True) for quote in reply.quotes)]
    pages = [_Page()]
    for text, quoted in blocks:
        pieces = (piece.strip() for piece in cut(clean(text), TEXT))
        for piece in filter(None, pieces):
            if not pages[-1].fits(piece):
                pages.append(_Page())
            pages[-1].add(piece, quoted)
    return [page for page in pages if page.text]


def _quoted(quote: Quote) -> str:
    return f"「{quote.text}」\n—— {quote.place}"


def _keyboard(rows: Sequence[Sequence[Button]]) -> list[list[dict[str, str]]]:
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS or any(not 1 <= len(button.id.encode()) <= BUTTON_BYTES for button in buttons):
        raise ValueError("more than 100 buttons, or a button id that is not 1 to 64 bytes long")
    return [[{"id": button.id, "label": clean(button.label).strip() or "…"} for button in row] for row in rows if row]


def messages(reply: Reply) -> list[dict[str, Any]]:
    """One payload per message to send, in order: {"text", "entities", "buttons"?, "file"?, "name"?}.

    Buttons stand under the last text. A short text goes with the file, a longer one before it.
    """
    pages = _pages(reply)
    payloads = [page.payload() for page in pages]
    if reply.file:
        file = {"file": str(reply.file), "name": reply.file.name}
        short = len(pages) == 1 and not reply.board and units(pages[0].text) <= CAPTION
        payloads = [payloads[0] | file] if short else [*payloads, {"text": "", "entities": []} | file]
    if payloads and reply.buttons:
        payloads[max(len(pages) - 1, 0)]["buttons"] = _keyboard(reply.buttons)
    return payloads


def posts(replies: Sequence[Reply], chat: str, pressed: str = "") -> list[Post]:
    """What a turn sends: each message for its chat; `pressed` is the message whose button led here."""
    letters = []
    for reply in replies:
        channel = channel_of(reply.chat) if reply.chat else ""
        payloads = messages(reply)
        board = max((index for index, one in enumerate(payloads) if one["text"] and reply.board), default=-1)
        for index, payload in enumerate(payloads):
            named = {"board": reply.board} if index == board else {}
            extra = {"pressed": pressed} if named and pressed else {}
            if reply.menu and index == 0:
                extra |= {"menu": reply.menu}
            if reply.matter:
                named = named or {"board": f"{MATTER}{reply.matter}"}
                extra |= {"matter": reply.matter} | ({"topic": reply.topic} if reply.topic else {})
            letters.append(Post(reply.chat or chat, payload | extra, channel=channel, **named))
    return letters


def note(chat: str, text: str, thread: str = "", matter: str = "", board: str = "") -> Post:
    """A text that no conversation says, in a topic or not; with a matter it can be answered as one about that."""
    payload = {"text": text, "entities": [], **({"thread": thread} if thread else {})}
    return Post(chat, payload, f"{MATTER}{matter}" if matter else board)


def outward(store: Store, *, pushed: bool = False) -> Outward:
    """Letters of what is for others, to wherever they are; with `pushed` only to those whom a channel writes to."""

    def letters(replies: Sequence[Reply]) -> Sequence[Post]:
        addressed = store.addressed(posts(replies, "")) if replies else ()
        return [post for post in addressed if post.channel != PULLED or not pushed]

    return letters


# ---------------------------------------------------------------- files
# They go into the outbox with their message, since who sends it may run on another machine.
def with_contents(letters: Sequence[Post]) -> Sequence[Post]:
    """The same messages, each with what its file holds; one whose file is away stays as it is."""
    return [_with_content(post) if "file" in post.payload else post for post in letters]


def _with_content(post: Post) -> Post:
    with suppress(OSError):
        held = b64encode(Path(post.payload["file"]).read_bytes()).decode()
        return replace(post, payload={**post.payload, "content": held})
    return post


def content(payload: Mapping[str, Any]) -> bytes:
    """What a message's file holds; OSError when it is not there any more."""
    held = payload.get("content")
    return Path(payload["file"]).read_bytes() if held is None else b64decode(held)

"""The assistant in a terminal: replies as text, choices typed by their label."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.turn.outcome import Outcome
from bot.turn.replies import Button, Incoming, Reply

CHAT = "terminal"
WIDE = 78
FORMS = (".docx", ".doc", ".wps", ".pdf", ".xlsx", ".html", ".htm", ".md", ".txt")


def render(reply: Reply, width: int = WIDE) -> str:
    """A reply as lines: the text, each clause with its place, the file, and what can be chosen."""
    parts = [_wrap(reply.text, width)]
    parts += [_quote(f"“{quote.text}”", quote.place, width) for quote in reply.quotes]
    if reply.file:
        parts.append(f"文件：{reply.file}")
    if reply.buttons:
        parts.append(_buttons(reply.buttons))
    return "\n".join(parts)


def _quote(text: str, place: str, width: int) -> str:
    lines = _wrap(f"{text}（{place}）", width - 4).split("\n")
    return "\n".join(f"  │ {line}" for line in lines)


def _buttons(rows: tuple[tuple[Button, ...], ...]) -> str:
    lines = ("".join(_pad(f"〔{_label(button)}〕", 30) for button in row) for row in rows)
    return "\n".join(f"  {line}".rstrip() for line in lines)


def _label(button: Button) -> str:
    return button.label.strip("　 ")


def columns(text: str) -> int:
    """How many terminal columns a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, wide: int) -> str:
    return text + " " * max(1, wide - columns(text))


def _wrap(text: str, width: int) -> str:
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph, width))


def _lines(paragraph: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for char in paragraph:
        size = columns(char)
        if used + size > width and char not in "，。；：、）”！？":
            yield line
            line, used = "", 0
        line, used = line + char, used + size
    yield line


def pressed(text: str, offered: Iterable[Button]) -> str | None:
    """The id of the offered button whose label was typed, None when it was something else."""
    bare = text.strip().strip("〔〕[]")
    return next((button.id for button in offered if _label(button) == bare), None)


def heard(text: str, offered: Iterable[Button]) -> Incoming:
    """What a line is: a button's label, the path of a file (typed, or dropped on the window), or words."""
    press = pressed(text, offered)
    if press:
        return Incoming(CHAT, CHAT, press=press)
    bare = text.strip().strip("'\"").replace("\\ ", " ")
    if bare.lower().endswith(FORMS) and Path(bare).is_file():
        return Incoming(CHAT, CHAT, file=Path(bare))
    return Incoming(CHAT, CHAT, text=text)


def converse(talk: Callable[[Incoming], Outcome], read: Callable[[], str | None], write: Callable[[str], None]) -> None:
    """Talk until the input ends: each message is saved, by `talk`, before its reply is written."""
    offered: tuple[Button, ...] = ()
    write(_spoken(talk(Incoming(CHAT, CHAT, text="/start")).replies))
    while (text := read()) is not None:
        replies = talk(heard(text, offered)).replies
        offered = tuple(button for reply in replies for row in reply.buttons for button in row)
        write(_spoken(replies))


def _spoken(replies: tuple[Reply, ...]) -> str:
    mine = (render(reply) for reply in replies if reply.chat in ("", CHAT))
    return textwrap.dedent("\n\n".join(mine)) + "\n"

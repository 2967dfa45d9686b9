"""Narrative sections as people send them: pasted whole, or as points under the names of the aspects."""

from __future__ import annotations

import re

from drafting.text import length
from knowledge.call import Call, Section

_HEAD = re.compile(
    r"^\s*(?:第)?(?P<number>[一二三四五六七八九十])(?:部分|、|，|的|[.．]|节|章)?\s*(?P<title>[^\n：:]{0,16}?)(?:的)?(?:要点|材料|内容|如下|部分)*(?:发你|给你|如下|是)?\s*[：:\n]"
)
_BULLET = re.compile(r"^\s*(?:[-•·*●◆]|\d{1,2}[、.．)）]|[（(]\d{1,2}[)）])\s*")


def headed(text: str, call: Call) -> tuple[Section, str] | None:
    """The narrative section a message opens with (五、实施方案的要点：…) and the text behind the heading."""
    found = _HEAD.match(text)
    for section in call.narratives():
        if found and (found["number"] == section.number or _titled(found["title"], section)):
            rest = text[found.end() :]
            return (section, rest) if len(rest.strip()) > 3 else None
        line, _, rest = text.partition("\n")
        head, mark, tail = line.partition("：")
        if _titled(head, section) and len(head) < 20 and (rest.strip() or tail.strip()):
            return section, (tail + "\n" + rest) if mark else rest
    return None


def _titled(head: str, section: Section) -> bool:
    return any(way in head for way in (section.title, *section.ways))


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a pasted text without list marks and empty lines, in order."""
    lines = (_BULLET.sub("", line).strip() for line in text.replace("\r", "\n").split("\n"))
    return tuple(line for line in lines if line)


def characters(paragraphs_: tuple[str, ...]) -> int:
    """Length in characters without white space, as the form counts."""
    return sum(map(length, paragraphs_))

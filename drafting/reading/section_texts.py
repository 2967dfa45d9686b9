"""Narrative sections as people send them: pasted whole or in parts, or as points under the names of the aspects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from drafting.form.draft import Manner
from drafting.narrative.points import heading
from drafting.phrasebook import any_of, pattern, source
from drafting.reading.intents import asks
from knowledge.call.definition import Aspect, Call, Section
from knowledge.language.folding import length

_HEAD = re.compile(
    r"^\s*(?:第)?(?P<number>[一二三四五六七八九十])(?:部分|、|，|的|[.．]|节|章)?\s*(?P<title>[^\n：:]{0,16}?)(?:的)?(?:要点|材料|内容|如下|部分)*(?:发你|给你|如下|是)?\s*[：:\n]"
)
_BULLET = re.compile(r"^\s*(?:[-•·*●◆—]+|\d{1,2}(?:[、.．)）]|\s+(?=[\u4e00-\u9fff]))|[（(]\d{1,2}[)）])\s*")
# A heading in brackets begins a line of its own, wherever it stands.
_INLINE = re.compile(r"(?<=[^\n\s、.．])(?=【[^】\n]{2,12}】)")
LONGEST_HEAD: Final = 80
SHORTEST: Final = 4


@dataclass(frozen=True)
class Headed:
    """A narrative section that a message is for: the text, the aspect it was said for, and how it comes in."""

    section: Section
    body: str
    aspect: str = ""
    manner: Manner = "add"


@lru_cache(maxsize=16)
def headed(text: str, call: Call) -> Headed | None:
    """The section a message opens with (五、实施方案的要点：…, 保障措施再加一条：…), None when it opens with none."""
    text = _INLINE.sub("\n", text)
    return _numbered(text, call) or _line_above(text, call) or _titled_line(text, call) or _of_aspect(text, call)


def _numbered(text: str, call: Call) -> Headed | None:
    found = _HEAD.match(text)
    for section in call.narratives():
        if found and (found["number"] == section.number or _titled(found["title"], section)):
            rest, about = text[found.end() :], _about(found["title"], section)
            return Headed(section, rest, about, manner(found.group())) if len(rest.strip()) > 3 else None
    return None


def _about(title: str, section: Section) -> str:
    """The one aspect that a title ends with beside the section's own: 实施方案第四段，保障措施; empty for none."""
    last = re.split(r"[，,、。\s]|第.{1,2}[段部节]分?|先?给|里|是", title)[-1]
    return next((one.name for one in section.aspects if last and last in (one.name, *one.ways)), "")


def _line_above(text: str, call: Call) -> Headed | None:
    """A first line that speaks of a section, however it is put, above the lines that belong there."""
    line, _, rest = text.strip().partition("\n")
    if not rest.strip() or len(line) > LONGEST_HEAD or asks(line):
        return None
    section = next((one for one in call.narratives() if _titled(line, one)), None)
    if section is None or _BULLET.match(line) or heading(line, section)[0]:
        return None
    tail = line.rpartition("：")[2] if "：" in line else ""
    said = tail if re.search(r"\d|[\u4e00-\u9fff]{6}", tail) else ""
    return Headed(section, f"{said}\n{rest}", manner=manner(line))


def _titled_line(text: str, call: Call) -> Headed | None:
    head, mark, rest = text.strip().partition("：")
    section = next((one for one in call.narratives() if mark and len(head) < 24 and _titled(head, one)), None)
    return Headed(section, rest, manner=manner(head)) if section and len(rest.strip()) > 3 else None


def _titled(head: str, section: Section) -> bool:
    return any(way in head for way in (section.title, *section.ways))


def _of_aspect(text: str, call: Call) -> Headed | None:
    """Lines under aspects' own headings, or one line that adds to an aspect or replaces it."""
    lines = paragraphs(text)
    for section in call.narratives():
        heads = [heading(line, section) for line in lines]
        if (
            lines
            and heads[0][0]
            and _is_exact(lines[0], heads[0][0])
            and (len(lines) > 1 or len(heads[0][1]) >= SHORTEST)
        ):
            return Headed(section, text)
        for one in section.aspects:
            priced, turned = _openings(call)[section.id, one.name]
            if lines and priced.match(lines[0]):
                return Headed(section, text, one.name)
            found = turned.match(lines[0]) if lines else None
            if found and len(body := text.strip()[found.end() :].strip(" ，,：:")) > 3 and not asks(text):
                return Headed(section, body, one.name, manner(found["turn"]))
    return None


@lru_cache(maxsize=4)
def _openings(call: Call) -> dict[tuple[str, str], tuple[re.Pattern[str], re.Pattern[str]]]:
    """Per section and aspect: it opens with a sum of money (概算500万，其中设备300万); it is added to or replaced."""
    aspects = (
        (section.id, one, any_of({one.name, *one.ways})) for section in call.narratives() for one in section.aspects
    )
    return {
        (id_, one.name): (
            re.compile(rf"(?:项目|总)?(?:{ways}){source('sections.sum')}"),
            re.compile(rf"(?:把|将)?(?P<head>{ways}){_TURN}"),
        )
        for id_, one, ways in aspects
    }


def _is_exact(line: str, aspect: Aspect) -> bool:
    """True when the heading is an aspect's name or one of its other names, not only a word of it."""
    head = re.split(r"[：:】\]〕]", line.lstrip("【[〔"))[0].strip()
    return any(head == way or head.endswith(way) for way in (aspect.name, *aspect.ways))


_TURN: Final = (
    r"(?:里面?|中|方面|这块|这项|这条|部分|的内容|那条)*"
    r"(?P<turn>(?:再|还要?|另外)?(?:补充?|加上?|增加|添上?)(?:一?[条点句个项])?|(?:全部|整个)?(?:改成|改为|改写成|换成|替换成?|替换为))"
)


def manner(head: str) -> Manner:
    """How a heading says its lines come in: in place of what is there, before it, or added to it."""
    if pattern("sections.replace").search(head):
        return "replace"
    return "front" if pattern("sections.front").search(head) else "add"


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a pasted text without list marks and empty lines, in order."""
    lines = (_BULLET.sub("", line).strip() for line in text.replace("\r", "\n").split("\n"))
    return tuple(line for line in lines if line)


def characters(paragraphs_: tuple[str, ...]) -> int:
    """Length in characters without white space, as the form counts."""
    return sum(map(length, paragraphs_))

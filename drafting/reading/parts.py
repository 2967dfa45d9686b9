"""A long message taken apart where its subject changes, each part to be read on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from drafting.phrasebook import pattern
from drafting.reading import fields as said
from drafting.reading.intents import asks
from drafting.reading.members import looks_like_units
from drafting.reading.section_texts import headed, paragraphs
from knowledge.call.definition import Call

LONG: Final = 150
_SENTENCE: Final = re.compile(r"[^。！？!?\n]*[。！？!?\n]+|[^。！？!?\n]+$")


def parts(text: str, call: Call) -> tuple[str, ...]:
    """The parts of a message in order; one part for a message about one thing, whatever its length."""
    found: list[str] = []
    for block in _blocks(text.strip(), call):
        found += [block] if _whole(block, call) else _by_subject(block, call)
    return tuple(one.strip() for one in found if one.strip())


def _blocks(text: str, call: Call) -> Iterator[str]:
    """Runs of lines: a heading of the form begins one, and so does an empty line unless a narrative goes on."""
    block: list[str] = []
    for line in text.split("\n"):
        new = _opens(line, call) or (block and not block[-1].strip() and not _goes_on(block, line, call))
        if block and new:
            yield "\n".join(block)
            block = []
        block.append(line)
    yield "\n".join(block)


def _opens(line: str, call: Call) -> bool:
    """True for a line that is a section's heading, or has it in front: 五、实施方案, 【基本信息】, 联系人：…"""
    head = re.split(r"[：:]", line.strip())[0]
    bare = re.sub(r"^[【\[（(]?(?:第?[一二三四五六七八九十\d]{1,2}(?:部分|[、.．)）]))?|[】\]]$", "", head).strip()
    if bare in _titles(call) and (head != line.strip() or line.strip()[:1] in "【[一二三四五六七八九十第"):
        return True
    return len(line) < LONG and any(
        section.title in head and len(head) < 40 for section in call.sections if section.kind == "narrative"
    )


@lru_cache(maxsize=4)
def _titles(call: Call) -> frozenset[str]:
    return frozenset(way for section in call.sections for way in (section.title, *section.ways))


def _goes_on(block: list[str], line: str, call: Call) -> bool:
    """True when a line behind an empty one still belongs to the narrative above it."""
    if not line.strip() or not headed("\n".join(block) + "\n" + line, call):
        return not line.strip()
    return bool(paragraphs(line)) and not said.labelled(line, call) and not asks(line) and not _subject(line, call)


def _whole(block: str, call: Call) -> bool:
    """True for what is one thing by itself: a narrative, a list of lines, a message of usual length."""
    return bool(headed(block.strip(), call)) or "\n" in block.strip() or len(block) < LONG


def _by_subject(block: str, call: Call) -> list[str]:
    """Sentences gathered under the one that names what they are about."""
    found: list[str] = []
    for sentence in _SENTENCE.findall(block):
        if not found or _subject(sentence, call) or asks(sentence.strip()) or asks(found[-1].strip()):
            found.append(sentence)
        else:
            found[-1] += sentence
    return found


def _subject(sentence: str, call: Call) -> bool:
    """True when a sentence names what it is about: a cell of the form, tasks, units, a section."""
    shown = sentence.strip()
    if said.labelled(shown, call) or looks_like_units(shown) or headed(shown, call):
        return True
    return bool(pattern("sections.subject").match(shown))

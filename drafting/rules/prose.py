"""The prose sections and the promise: there, long enough, complete, nothing of a template left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from drafting.form.problem import Finding
from drafting.rules.subject import Reading, finding
from knowledge.call.definition import Aspect, Section
from knowledge.language.folding import PLACEHOLDER, fold, is_empty, length, same
from knowledge.language.numerals import to_number

DOTS = re.compile(r"…{3,}|。{3,}|．{3,}|·{4,}|\.{7,}")
HEAD_LENGTH = 16
RECENT = re.compile(r"(?<=近)[一二两三四五六七八九十]+(?=年)")
PUNCTUATION = re.compile(r"[\W_]+")


def lengths(reading: Reading, section: Section) -> Iterator[Finding]:
    """section_too_short, section_too_long: characters without white space, within the pack's tolerance (Q17)."""
    texts = reading.form.texts.get(section.id)
    if not texts or not section.length:
        return
    count = sum(map(length, texts))
    if abs(count - section.length) > section.length * section.tolerance:
        end, word = ("short", "偏短") if count < section.length else ("long", "偏长")
        text = f"“{section.title}”现有{count}字，要求{section.length}字左右，{word}。"
        yield finding(f"section_too_{end}", section.number, text, section.clause)


def aspects(reading: Reading, section: Section) -> Iterator[Finding]:
    """plan_part_missing: every point that a section must cover is addressed (R20)."""
    texts = reading.form.texts.get(section.id) or ()
    for aspect in _lost(section, texts) if texts and section.every_aspect else ():
        text = f"“{section.title}”没有写到“{aspect.name}”。"
        yield finding("plan_part_missing", f"{section.number}/{aspect.name}", text, section.clause)


def _lost(section: Section, texts: tuple[str, ...]) -> list[Aspect]:
    """Where the text is divided by the points' names a point must have its part; else a mention will do."""
    heads = [fold(text[:HEAD_LENGTH]) for text in texts]
    whole = fold("".join(texts))
    headed = [aspect for aspect in section.aspects if any(fold(aspect.name) in head for head in heads)]
    divided = len(headed) >= max(2, len(section.aspects) // 2)
    places = heads if divided else [whole]
    return [aspect for aspect in section.aspects if not _addressed(aspect, places)]


def _addressed(aspect: Aspect, places: list[str]) -> bool:
    return any(fold(word) in place for word in (aspect.name, *aspect.ways) for place in places)


def placeholders(texts: Iterable[tuple[str, str]], section: Section) -> Iterator[Finding]:
    """placeholder_left: no XX, no rule to write on, no dots, no 待补充 is left in any of these (place, text) (V20)."""
    for where, text in texts:
        dots = DOTS.search(text) if where == section.number or not is_empty(text) else None
        found = PLACEHOLDER.search(text) or dots
        if found:
            start = max(0, found.start() - 4)
            shown = text[start : found.end() + 4].strip()
            yield finding("placeholder_left", where, f"留有占位符“{shown}”。")


def promise(reading: Reading, section: Section) -> Iterator[Finding]:
    """commitment_altered, commitment_undated, commitment_unit_mismatch (R22, V19)."""
    said = reading.form.promise
    if said is None:
        return
    whole = _bare("".join(said.paragraphs))
    if any(_bare(statement) not in whole for statement in section.statements):
        yield finding("commitment_altered", section.number, "承诺书与印好的原文不一致。", section.clause)
    if not said.date:
        yield finding("commitment_undated", section.number, "承诺书没有填写承诺时间。", section.clause)
    if not is_empty(said.unit) and not is_empty(reading.lead) and not same(said.unit, reading.lead):
        text = f"承诺单位写“{said.unit}”，牵头单位是“{reading.lead}”，不一致。"
        yield finding("commitment_unit_mismatch", section.number, text, section.clause)


def _bare(text: str) -> str:
    """The words alone, 近三年 as 近3年."""
    return RECENT.sub(lambda found: str(to_number(found.group())), PUNCTUATION.sub("", fold(text)))

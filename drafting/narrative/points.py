"""What was said for a narrative section, point by point: which aspect a line is about, what is added or replaced."""

from __future__ import annotations

import re
from typing import Final

from drafting.form.draft import Draft, Manner, Point
from drafting.narrative.grounded import grounds, strange
from knowledge.call.definition import Aspect, Call, Section
from knowledge.language.folding import fold

LONG_LINE: Final = 90
LONG_TEXT: Final = 400
ALIKE: Final = 0.5

_BRACKETS = re.compile(r"^[【\[〔](?P<head>[^】\]〕]{2,20})[】\]〕][：:\s]*(?P<rest>.*)$")
_COLON = re.compile(r"^(?P<head>[^：:，,。；;]{2,20})[：:]\s*(?P<rest>.*)$")
_SENTENCE = re.compile(r"[^。！!]+[。！!]*")
_NUMBER = re.compile(
    r"^(?:[（(]?(?:[一二三四五六七八九十]{1,2}|[甲乙丙丁戊己庚辛])[）)、.．]|第[一二三四五六七八九十]{1,2}[，、]?)\s*"
)


def is_prose(lines: tuple[str, ...]) -> bool:
    """True for finished text rather than points: a long line of whole sentences, or much of it."""
    sentences = [line for line in lines if len(line) >= LONG_LINE and line.count("。") >= 2]
    return bool(sentences) and (len(sentences) * 2 >= len(lines) or sum(map(len, sentences)) >= LONG_TEXT)


def points(lines: tuple[str, ...], section: Section, aspect: str = "") -> tuple[Point, ...]:
    """The lines as points, each under its aspect: by its own heading, the one above it, or the words it uses."""
    out, above = [], aspect
    for line in lines:
        found, rest, alone = heading(line, section)
        above = found.name if found and alone else above if not found else aspect
        if found or above:
            out += [Point(text=rest, aspect=found.name if found else above)] if rest else []
        else:
            out += [Point(text=one, aspect=signed(one, section)) for one in _SENTENCE.findall(rest)]
    return tuple(out)


def heading(line: str, section: Section) -> tuple[Aspect | None, str, bool]:
    """(aspect a line opens with, the rest of the line, whether the heading stands for the lines below it, too)."""
    bare = _NUMBER.sub("", line.strip())
    found = _BRACKETS.match(bare) or _COLON.match(bare)
    if found and (one := named(found["head"], section)):
        return one, found["rest"].strip(), bare[0] in "【[〔" or not found["rest"].strip()
    one = next((one for one in section.aspects if bare in (one.name, *one.ways)), None)
    return (one, "", True) if one else (None, line.strip(), False)


def named(head: str, section: Section) -> Aspect | None:
    """The aspect that a heading names, None for another heading."""
    said = fold(head)
    for one in section.aspects:
        if any(said.startswith(fold(way)) or said.endswith(fold(way)) for way in (one.name, *one.ways)):
            return one
    short = (
        one for one in section.aspects if len(said) <= 6 and any(said.startswith(fold(sign)) for sign in one.signs)
    )
    return next(short, None)


def signed(text: str, section: Section) -> str:
    """The one aspect whose words a text uses, empty when it uses those of several or of none."""
    hits = [one.name for one in section.aspects if any(sign in text for sign in (one.name, *one.signs))]
    return hits[0] if len(hits) == 1 else ""


# ---------------------------------------------------------------- into the draft
def added(draft: Draft, section: Section, lines: tuple[str, ...], how: tuple[str, Manner]) -> Draft:
    """The draft with a message's lines in a section; `how` is the aspect they were said for and how they come in."""
    aspect, manner = how
    if is_prose(lines) and not aspect:
        prose = _prose(draft.texts.get(section.id, ()), lines, manner)
        return _with(draft, section, prose, _later(draft, section) if prose != lines else ())
    fresh = points(lines, section, aspect)
    kept = draft.points.get(section.id, ())
    if manner == "replace":
        touched = {aspect} if aspect else {point.aspect for point in kept}
        apart = _apart(draft, section) if any(point.aspect in touched for point in kept) else draft
        kept = tuple(point for point in apart.points.get(section.id, ()) if point.aspect not in touched)
        return _with(draft, section, apart.texts.get(section.id, ()) if aspect else (), (*kept, *fresh))
    known = {fold(point.text) for point in kept}
    new = tuple(point for point in fresh if fold(point.text) not in known)
    return _with(draft, section, draft.texts.get(section.id, ()), (*new, *kept) if manner == "front" else (*kept, *new))


def finished(draft: Draft, section: Section, lines: tuple[str, ...]) -> Draft:
    """The draft with a section written out, in place of all that was said for it."""
    return _with(draft, section, lines, ())


def adopted(draft: Draft, section: Section, lines: tuple[str, ...]) -> Draft:
    """The draft with a wording as the section's prose; what it was made of stays as its source."""
    source = tuple(point.model_copy(update={"worded": True}) for point in facts(draft, section))
    return _with(draft, section, lines, source)


def facts(draft: Draft, section: Section) -> tuple[Point, ...]:
    """All that was said for a section, bit by bit: pasted prose sentence by sentence, then the points."""
    said = draft.points.get(section.id, ())
    if any(point.worded for point in said):
        return said
    prose = [one.strip() for line in draft.texts.get(section.id, ()) for one in _SENTENCE.findall(line) if one.strip()]
    return (*(Point(text=one, aspect=signed(one, section)) for one in prose), *said)


def _later(draft: Draft, section: Section) -> tuple[Point, ...]:
    """The points that were said after a section was worded; () where it wasn't."""
    said = draft.points.get(section.id, ())
    return tuple(one for one in said if not one.worded) if any(one.worded for one in said) else ()


def _apart(draft: Draft, section: Section) -> Draft:
    """The draft with a worded section as the points it was made of; as it is where there are none."""
    said = draft.points.get(section.id, ())
    if not any(point.worded for point in said):
        return draft
    return _with(draft, section, (), tuple(point.model_copy(update={"worded": False}) for point in said))


def put(draft: Draft, section: Section, said: tuple[Point, ...]) -> Draft:
    """The draft with other points in a section; prose that was made of the points goes with a source it loses."""
    there = draft.points.get(section.id, ())
    lost = [point for point in there if point.worded and point not in said]
    plain = tuple(point.model_copy(update={"worded": False}) for point in said) if lost else said
    return _with(draft, section, () if lost else draft.texts.get(section.id, ()), plain)


def settled(draft: Draft, call: Call) -> Draft:
    """The draft without prose that says a figure, a date or a name nobody stands for any more."""
    for section in call.sections:
        if any(point.worded for point in draft.points.get(section.id, ())):
            apart = _apart(draft, section)
            stale = strange("\n".join(draft.texts.get(section.id, ())), grounds(apart, call))
            draft = apart if stale else draft
    return draft


def _prose(kept: tuple[str, ...], lines: tuple[str, ...], manner: Manner) -> tuple[str, ...]:
    """Prose with prose: a second version takes the place of the first, another part comes before or behind it."""
    if not kept or manner == "replace" or _alike("".join(kept), "".join(lines)):
        return lines
    return (*lines, *kept) if manner == "front" else (*kept, *lines)


def _alike(one: str, other: str) -> bool:
    """True when the shorter text is for the most part in the longer."""
    pairs = [{text[at : at + 2] for at in range(len(text) - 1)} for text in (fold(one), fold(other))]
    least = min(map(len, pairs))
    return bool(least) and len(pairs[0] & pairs[1]) / least > ALIKE


def _with(draft: Draft, section: Section, prose: tuple[str, ...], found: tuple[Point, ...]) -> Draft:
    """The draft with this prose and these points in a section."""
    texts = {**draft.texts, section.id: prose}
    said = {**draft.points, section.id: found}
    return draft.model_copy(
        update={
            "texts": {key: value for key, value in texts.items() if value},
            "points": {key: value for key, value in said.items() if value},
        }
    )

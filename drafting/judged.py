"""A section in a model's words held against what was said: what of it may stand, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from drafting.compose import sentence
from drafting.draft import Point
from drafting.grounded import numbers, strange
from drafting.points import heading
from drafting.reading.words import pattern
from drafting.text import fold, length
from knowledge.call import Section

THOUGHT: Final = re.compile(r"<think>.*?(?:</think>|$)", re.S)
FENCE: Final = re.compile(r"^\s*(?:```.*|[-*_=#]{3,}\s*)$", re.M)
LISTED: Final = re.compile(r"^\s*(?:#+\s*|[-*•·]\s+)")
SENTENCE: Final = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*[”」』）)]?")
CLAUSE: Final = re.compile(r"[，,；;。！？!?：:\n]")
HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
ODD: Final = re.compile(
    r"[^\u4e00-\u9fff\w\s，。：；、！？（）“”‘’《》—…·,.:;!?()%％‰/+\-~～=×√〇℃°㎡²³&'\"【】〔〕]|https?|www\.|[{}<>|\\]"
)
RUN: Final = 14
# The share of a sentence's pairs of characters that what was said must have; of a fact's pairs that a text must have.
SHARED, HELD = 0.25, 0.5
REPEATED: Final = 0.8
LEAST: Final = 0.34


@dataclass(frozen=True)
class Judged:
    """A wording as it may be shown: its paragraphs, what was taken out of it and the facts that were put back in.

    `reason` says, for the log, why nothing of it may be shown; empty when something may.
    """

    lines: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[Point, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Basis:
    """What a wording may rest on: the facts of the section, what frames them (units, tasks, targets), the prompt's own
    words, and how many characters there may be."""

    section: Section
    facts: tuple[Point, ...]
    frame: str
    rules: str
    most: int

    @property
    def said(self) -> str:
        """All of it in one text, the names of the aspects too."""
        return "\n".join([*(one.text for one in self.facts), self.frame, *(one.name for one in self.section.aspects)])


def judged(text: str, basis: Basis) -> Judged:
    """What of a model's text may be shown, every fact in it; a `reason` when too little of it is left."""
    shown = FENCE.sub("", THOUGHT.sub("", text)).replace("**", "")
    kept, removed = _sifted(shown, basis)
    body = "\n".join(kept)
    lost = tuple(one for one in basis.facts if not held(one.text, body))
    if not body or len(lost) > len(basis.facts) * (1 - LEAST):
        return Judged(removed=removed, reason="holds too little of what was said")
    return Judged(_restored(kept, lost, basis.section), removed, lost)


# ---------------------------------------------------------------- what may stand
@dataclass
class _Sieve:
    """What was let through so far, to tell repetitions and length by."""

    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    size: int = 0
    known: list[set[str]] = field(default_factory=list)


def _sifted(text: str, basis: Basis) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs with what may stand in them, and the sentences that may not."""
    sieve = _Sieve()
    for line in text.split("\n"):
        bare = LISTED.sub("", line).strip()
        if bare and _is_title(bare, basis.section):
            sieve.kept.append(bare.strip("：: "))
        elif bare:
            _sift(bare, basis, sieve)
    return _without_bare_titles(sieve.kept, basis.section), tuple(sieve.removed)


def _sift(line: str, basis: Basis, sieve: _Sieve) -> None:
    good = []
    for one in SENTENCE.findall(line):
        pairs = _pairs(one)
        again = any(pairs and len(pairs & other) >= REPEATED * len(pairs) for other in sieve.known)
        if again or sieve.size + length(one) > basis.most or not _may_stand(one, basis):
            sieve.removed.append(one.strip())
            continue
        good.append(one)
        sieve.known.append(pairs)
        sieve.size += length(one)
    if good:
        sieve.kept.append(sentence("".join(good)))


def _is_title(line: str, section: Section) -> bool:
    found, rest, alone = heading(line, section)
    return bool(found and alone and not rest) and len(line) <= 24 and not re.search(r"\d{2,}", line)


def _without_bare_titles(lines: list[str], section: Section) -> list[str]:
    """The paragraphs without headings that nothing is left under."""
    ends = [*lines[1:], ""]
    return [
        one for one, after in zip(lines, ends, strict=True)
        if not _is_title(one, section) or (after and not _is_title(after, section))
    ]  # fmt: skip


def _may_stand(one: str, basis: Basis) -> bool:
    """True for a sentence that says nothing of its own: no figure, name or praise, no turn, no text of the prompt."""
    if ODD.search(one) or strange(one, basis.said) or _turned(one, basis.said) or _leaked(one, basis):
        return False
    pairs = _pairs(one)
    own = _pairs(basis.said)
    if not pairs:
        return bool(HAN.search(one)) and fold(one) in fold(basis.said)
    return len(pairs & own) >= SHARED * len(pairs) and all(_belongs(clause, basis) for clause in CLAUSE.split(one))


def _pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a text, without the words any official text is made of."""
    bare = pattern("grounded.filler").sub(" ", text)
    return {run[at : at + 2] for run in HAN.findall(bare) for at in range(len(run) - 1)}


def _leaked(one: str, basis: Basis) -> bool:
    rules, said, shown = fold(basis.rules), fold(basis.said), fold(one)
    runs = (shown[at : at + RUN] for at in range(max(1, len(shown) - RUN + 1)))
    return any(len(run) >= 6 and run in rules and run not in said for run in runs)


def _turned(one: str, said: str) -> bool:
    """True when a sentence affirms what was only denied, or denies what was not."""
    denials = {found.group(1) for found in pattern("grounded.denied").finditer(said)}
    plain = pattern("grounded.denied").sub(" ", said)
    if any(word in pattern("grounded.denied").sub(" ", one) and word not in plain for word in denials):
        return True
    return any(found.group() not in said for found in pattern("grounded.denied").finditer(one))


def _belongs(clause: str, basis: Basis) -> bool:
    """True when every figure of a clause stands beside something it was said of; two facts may not change places."""
    return all(_beside(value, clause, basis) for _, value, _ in numbers(clause))


def _beside(value: int | float | None, clause: str, basis: Basis) -> bool:
    pairs = _pairs(clause)
    there = [part for part in _parts(basis) if value in {one for _, one, _ in numbers(part)}]
    return not pairs or any(pairs & _pairs(part) or not _pairs(part) for part in there)


def _parts(basis: Basis) -> Iterator[str]:
    """What was said, in the pieces a figure belongs to; a piece of a figure alone goes with the one before it."""
    for text in (*(one.text for one in basis.facts), *basis.frame.split("\n")):
        before = ""
        for part in re.split(r"[，,；;。！？!?、\n]", text):
            yield part if _pairs(part) else f"{before}{part}"
            before = part or before


# ---------------------------------------------------------------- what may not be lost
def held(fact: str, text: str) -> bool:
    """True when a text has every figure and name of a fact and most of its words."""
    if fold(fact) in fold(text):
        return True
    if strange(fact, text):
        return False
    there = {value for _, value, _ in numbers(text)}
    pairs = _pairs(fact)
    enough = not pairs or len(pairs & _pairs(text)) >= HELD * len(pairs)
    return enough and all(value in there for _, value, _ in numbers(fact))


def _restored(kept: list[str], lost: tuple[Point, ...], section: Section) -> tuple[str, ...]:
    """The paragraphs with the lost facts put back as they were said, each under its aspect where that has a heading."""
    lines = list(kept)
    for point in lost:
        at = next((at for at, line in enumerate(lines) if point.aspect and _heads(line, point.aspect, section)), None)
        if at is None:
            lines.append(sentence(point.text))
            continue
        end = next((n for n in range(at + 1, len(lines)) if heading(lines[n], section)[0]), len(lines))
        lines.insert(end, sentence(point.text))
    return tuple(lines)


def _heads(line: str, aspect: str, section: Section) -> bool:
    found = heading(line, section)[0]
    return bool(found and found.name == aspect)

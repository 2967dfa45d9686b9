"""A section in a model's words held against what was said: what of it may stand, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from drafting.form.draft import Point
from drafting.narrative.compose import ORDINALS, sentence
from drafting.narrative.grounded import numbers, strange
from drafting.narrative.points import heading
from drafting.phrasebook import pattern
from knowledge.call.definition import Section
from knowledge.language.folding import fold, length

THOUGHT: Final = re.compile(r"<think>.*?(?:</think>|$)", re.S)
FENCE: Final = re.compile(r"^\s*(?:```.*|[-*_=#]{3,}\s*)$", re.M)
LISTED: Final = re.compile(r"^\s*(?:#+\s*|[-*•·]\s+)")
SENTENCE: Final = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*[”」』）)]?")
PIECE: Final = re.compile(r"[^，,；;。！？!?：:\n]+[，,；;。！？!?：:]*[”」』）)]?")
HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
ODD: Final = re.compile(
    r"[^\u4e00-\u9fff\w\s，。：；、！？（）“”‘’《》—…·,.:;!?()%％‰/+\-~～=×√〇℃°㎡²³&'\"【】〔〕]|https?|www\.|[{}<>|\\]"
)
RUN: Final = 14
# The share of a clause's pairs of characters that what was said must have; of a fact's pairs that a text must have.
SHARED, HELD = 0.25, 0.5
# The share of a clause's characters that stand beside its figure where that was said.
NEAR: Final = 0.3
# The share of a clause's characters that one fact must have where hardly any pair was said.
ALIKE: Final = 0.5
LONGEST_HEAD: Final = 24
FIGURED: Final = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿]+[年月日号个项家条件套台人名位张幅次种类元]*")
REPEATED: Final = 0.8
LEAST: Final = 0.34


@dataclass(frozen=True)
class Judged:
    """A wording as it may be shown: its paragraphs, what was taken out of it and the facts that were put back in.

    `reason` says, in the words of a log, why nothing of it may be shown; empty when something may.
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
    blocks, removed = _sifted(shown, basis)
    body = "\n".join(line for lines in blocks.values() for line in lines)
    lost = tuple(one for one in basis.facts if not held(one.text, body))
    if not body or len(lost) > len(basis.facts) * (1 - LEAST):
        return Judged(removed=removed, reason="holds too little of what was said")
    for point in lost:
        blocks.setdefault(point.aspect, []).append(sentence(point.text))
    return Judged(tuple(_joined(blocks, basis.section)), removed, lost)


def _joined(blocks: dict[str, list[str]], section: Section) -> Iterator[str]:
    """The paragraphs in the order of the form, each aspect under its heading, what belongs to none at the end."""
    names = [one.name for one in section.aspects if blocks.get(one.name)]
    for ordinal, name in zip(ORDINALS, names, strict=False):
        yield f"（{ordinal}）{name}"
        yield from blocks[name]
    for name, lines in blocks.items():
        yield from () if name in names else lines


# ---------------------------------------------------------------- what may stand
@dataclass
class _Sieve:
    """What was let through so far under each aspect, to tell repetitions and length by."""

    blocks: dict[str, list[str]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    size: int = 0
    known: list[set[str]] = field(default_factory=list)


def _sifted(text: str, basis: Basis) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """The paragraphs under each aspect with what may stand in them, and the sentences that may not."""
    sieve, aspect = _Sieve(), ""
    for line in text.split("\n"):
        named, rest = _opened(LISTED.sub("", line).strip(), basis.section)
        aspect = named or aspect
        if rest:
            _sift(rest, aspect, basis, sieve)
    return sieve.blocks, tuple(sieve.removed)


def _opened(line: str, section: Section) -> tuple[str, str]:
    """(aspect that a line names as its heading, what is left of the line)."""
    head, mark, rest = line.partition("。")
    for part, left in ((line, ""), (head, rest if mark else "")):
        found, after, alone = heading(part, section)
        if found and (alone or part.startswith(("（", "("))) and len(part) - len(after) <= LONGEST_HEAD:
            return found.name, f"{after}{'。' if after and left else ''}{left}".strip()
    return "", line


def _sift(line: str, aspect: str, basis: Basis, sieve: _Sieve) -> None:
    good = []
    for one in SENTENCE.findall(line):
        left = _standing(one, basis)
        pairs = _pairs(left)
        again = any(pairs and len(pairs & other) >= REPEATED * len(pairs) for other in sieve.known)
        if left != one:
            sieve.removed.append(one.strip())
        if not left or again or sieve.size + length(left) > basis.most:
            continue
        good.append(left)
        sieve.known.append(pairs)
        sieve.size += length(left)
    if good:
        sieve.blocks.setdefault(aspect, []).append(sentence("".join(good)))


def _standing(one: str, basis: Basis) -> str:
    """What of a sentence may stand: the clauses that say nothing of their own, none of a sentence that turns a fact."""
    if ODD.search(one) or not HAN.search(one) or _turned(one, basis.said) or _leaked(one, basis):
        return ""
    clauses = PIECE.findall(one)
    good = [clause for clause in clauses if _may_stand(clause, basis)]
    if len(good) == len(clauses):
        return one
    left = pattern("grounded.leading").sub("", "".join(good).strip("，,：: "))
    whole = left.count("（") == left.count("）") and bool(_pairs(left))
    return sentence(left) if whole else ""


def _may_stand(clause: str, basis: Basis) -> bool:
    """True for a clause with no figure, name or praise of its own, each figure beside what it was said of."""
    if strange(clause, basis.said):
        return False
    return _belongs(clause, basis) if _figured(clause) else _rests(clause, basis)


def _rests(clause: str, basis: Basis) -> bool:
    """True for a clause whose words were said here and there, or most of whose characters are one fact's."""
    pairs, signs = _pairs(clause), _signs(clause)
    if len(pairs & _pairs(basis.said)) >= SHARED * len(pairs):
        return True
    return any(len(signs & _signs(fact.text)) >= ALIKE * len(signs) for fact in basis.facts)


def _pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a text, without the words any official text is made of."""
    bare = pattern("grounded.filler").sub(" ", text)
    return {run[at : at + 2] for run in HAN.findall(bare) for at in range(len(run) - 1)}


def _signs(text: str) -> set[str]:
    """The characters of a text, without the words any official text is made of and without its figures."""
    return set("".join(HAN.findall(FIGURED.sub(" ", pattern("grounded.filler").sub(" ", text)))))


def _leaked(one: str, basis: Basis) -> bool:
    rules, said, shown = fold(basis.rules), fold(basis.said), fold(one)
    runs = (shown[at : at + RUN] for at in range(max(1, len(shown) - RUN + 1)))
    return any(len(run) >= 6 and run in rules and run not in said for run in runs)


def _turned(one: str, said: str) -> bool:
    """True when a sentence affirms what was only denied, or denies what was not."""
    denied = pattern("grounded.denied")
    plain, shown = denied.sub(" ", said), denied.sub(" ", one)
    if any(found.group(1) in shown and found.group(1) not in plain for found in denied.finditer(said)):
        return True
    return any(found.group() not in said for found in denied.finditer(one))


# ---------------------------------------------------------------- figures and what they are of
def _figured(text: str) -> set[int | float | None]:
    return {value for _, value, _ in numbers(text)}


def _belongs(clause: str, basis: Basis) -> bool:
    """True when every figure of a clause stands beside something it was said of; two facts may not change places."""
    return all(_beside(value, clause, basis) for value in _figured(clause))


def _beside(value: int | float | None, clause: str, basis: Basis) -> bool:
    signs = _signs(clause)
    there = [part for part in _parts(basis) if value in _figured(part)]
    return not signs or any(len(signs & _signs(part)) >= NEAR * len(signs) for part in there)


def _parts(basis: Basis) -> Iterator[str]:
    """What was said, in the pieces a figure belongs to; a piece of a figure alone goes with the one before it."""
    for text in (*(one.text for one in basis.facts), *basis.frame.split("\n")):
        before = ""
        for part in re.split(r"[，,；;。！？!?、\n]", text):
            yield part if _signs(part) else f"{before}{part}"
            before = part or before


# ---------------------------------------------------------------- what may not be lost
def held(fact: str, text: str) -> bool:
    """True when a text has every figure and name of a fact, and of each of its clauses most of the words."""
    if fold(fact) in fold(text):
        return True
    if strange(fact, text) or not _figured(fact) <= _figured(text):
        return False
    return all(_is_there(clause, text) for clause in PIECE.findall(fact))


def _is_there(clause: str, text: str) -> bool:
    pairs, signs, figures = _pairs(clause), _signs(clause), _figured(clause)
    if len(pairs & _pairs(text)) >= HELD * len(pairs):
        return True
    beside = (one for one in SENTENCE.findall(text) if figures <= _figured(one))
    return any(len(signs & _signs(one)) >= HELD * len(signs) for one in beside)

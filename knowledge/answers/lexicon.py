"""The thesaurus: what people say for what a call says, as concepts that a question either holds or not."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from knowledge.language.normal import normalise

SLOTS = {"subject": 1.0, "hard": 2.5, "aspect": 0.8, "set": 1.0, "role": 0.8, "body": 0.8, "mod": 0.4}
GAP = 8


@dataclass(frozen=True)
class Concept:
    """One idea: the spellings that show it, and contexts that only look like it; `a..b` means b soon after a."""

    name: str
    slot: str
    words: tuple[str, ...]
    but: tuple[str, ...] = ()

    @cached_property
    def gapped(self) -> tuple[tuple[str, ...], ...]:
        """The spellings with a gap, as their parts."""
        return tuple(tuple(word.split("..")) for word in self.words if ".." in word)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The spellings without a gap."""
        return tuple(word for word in self.words if ".." not in word)

    def said_in(self, text: str) -> bool:
        """True when the normalised text holds a spelling outside the misleading contexts."""
        for context in self.but:
            text = text.replace(context, "□")
        return any(map(text.__contains__, self.plain)) or any(_follows(parts, text) for parts in self.gapped)


def _follows(parts: tuple[str, ...], text: str) -> bool:
    place = text.find(parts[0])
    while place >= 0:
        if _rest(parts[1:], text, place + len(parts[0])):
            return True
        place = text.find(parts[0], place + 1)
    return False


def _rest(parts: tuple[str, ...], text: str, start: int) -> bool:
    for part in parts:
        place = text.find(part, start, start + GAP + len(part))
        if place < 0:
            return False
        start = place + len(part)
    return True


@dataclass(frozen=True)
class Lexicon:
    """All concepts of a pack on top of the general ones, and the names of things that are not in the call."""

    concepts: Mapping[str, Concept]
    places: Mapping[str, str] = field(default_factory=dict)
    outside: tuple[str, ...] = ()
    products: Mapping[str, str] = field(default_factory=dict)
    tasks: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    libraries: Mapping[str, str] = field(default_factory=dict)
    english: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    means: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    spell: tuple[str, ...] = ()
    pinyin: tuple[str, ...] = ()

    def weight(self, name: str) -> float:
        """How much a concept counts when a reading is matched."""
        return SLOTS[self.concepts[name].slot]

    def widened(self, text: str) -> str:
        """The text followed by what the call says for what people say."""
        return " ".join([text, *dict.fromkeys(name for word, name in self.means.items() if word in text)])

    @cached_property
    def _starts(self) -> Mapping[str, tuple[str, ...]]:
        """The concepts that have a spelling starting with a character or a pair of them."""
        starts: dict[str, dict[str, None]] = {}
        for name, concept in self.concepts.items():
            for word in concept.words:
                starts.setdefault(word.partition("..")[0][:2], {})[name] = None
        return {start: tuple(names) for start, names in starts.items()}

    def found(self, text: str) -> frozenset[str]:
        """The names of the concepts that the normalised text holds."""
        parts = {*text, *(text[place : place + 2] for place in range(len(text) - 1))}
        hopeful = {name for part in parts for name in self._starts.get(part, ())}
        return frozenset(name for name in hopeful if self.concepts[name].said_in(text))


def read(paths: Iterable[Path]) -> Lexicon:
    """The lexicon of several files, later ones adding to earlier ones; missing files add nothing."""
    tables = [tomllib.loads(path.read_text("utf-8")) for path in paths if path.is_file()]
    merged: dict[str, dict[str, str]] = {}
    for table in tables:
        for slot, rows in table.items():
            into = merged.setdefault(slot, {})
            for name, words in rows.items():
                into[name] = f"{into[name]} {words}" if name in into else words
    return build(merged)


def build(tables: Mapping[str, Mapping[str, str]]) -> Lexicon:
    """The lexicon of merged tables: a table a slot, a line a concept, its spellings separated by blanks."""
    but = tables.get("but", {})
    concepts = {
        name: Concept(name, slot, split(words), split(but.get(name, "")))
        for slot in SLOTS
        for name, words in tables.get(slot, {}).items()
    }
    return Lexicon(
        concepts,
        places=_inverse(tables.get("places", {})),
        outside=split(tables.get("outside", {}).get("places", "")),
        tasks={int(number): split(words) for number, words in tables.get("tasks", {}).items()},
        libraries=_inverse(tables.get("libraries", {})),
        english={key.replace("_", " "): normalise(value) for key, value in tables.get("english", {}).items()},
        bodies=tables.get("bodies", {}),
        means=_inverse(tables.get("means", {})),
        dropped=split(tables.get("drop", {}).get("words", "")),
        common=split(tables.get("common", {}).get("words", "")),
        points=tuple(tables.get("points", {}).get("words", "").split()),
        pinyin=split(tables.get("pinyin", {}).get("words", "")),
        spell=split(tables.get("spell", {}).get("words", "")),
    )


def split(words: str) -> tuple[str, ...]:
    """The spellings of one line, normalised, longest first, each once; `_` stands for a blank inside one."""
    parts = {normalise(word.replace("_", " ")) for word in words.split()}
    return tuple(sorted(parts, key=lambda word: (-len(word), word)))


def _inverse(rows: Mapping[str, str]) -> dict[str, str]:
    return {word: name for name, words in rows.items() for word in split(words)}


def joined(lexicon: Lexicon, extra: Mapping[str, Iterable[str]]) -> Lexicon:
    """The lexicon with further spellings of concepts it knows; unknown concepts are left out."""
    concepts = dict(lexicon.concepts)
    for name, words in extra.items():
        if name in concepts:
            more = {normalise(word) for word in words if word}
            old = concepts[name]
            concepts[name] = Concept(name, old.slot, (*old.words, *sorted(more - set(old.words))), old.but)
    return replace(lexicon, concepts=concepts)

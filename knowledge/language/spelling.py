"""Putting a question right before it is read: pinyin typed for characters, homophones and slips in known words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

LATIN = re.compile(r"[a-z]{2,}(?:[ ']?[a-z]+)*")
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"))
SHORT, INITIALS, LONGEST = 2, 3, 8


def sound(syllable: str) -> str:
    """A syllable with the sounds that people mix up made one."""
    for one, other in ALIKE[:4]:
        syllable = syllable.replace(one, other)
    return "n" + syllable[1:] if syllable.startswith("l") else syllable


@dataclass(frozen=True)
class Speller:
    """Knows how the words of a call sound; `sounds` gives the syllable of every character it may meet."""

    words: tuple[str, ...]
    english: Mapping[str, str]
    sounds: Callable[[], Mapping[str, str]]
    known: frozenset[str] = frozenset()
    typed: tuple[str, ...] = ()
    source: str = field(default="", repr=False)

    @cached_property
    def syllables(self) -> Mapping[str, str]:
        """The table of syllables, made when first needed."""
        return self.sounds()

    @cached_property
    def by_sound(self) -> dict[str, str]:
        """The words of three and more characters, and of two, under how they sound."""
        return {self._sound_of(word): word for word in reversed(self.words) if SHORT <= len(word) <= LONGEST}

    @cached_property
    def by_pinyin(self) -> dict[str, str]:
        """The words under their letters."""
        found = {
            self._letters(word): word
            for word in sorted(self.known, key=lambda one: (len(one), one))
            if _speakable(word)
        }
        return found | {
            self._letters(word): word for word in reversed((*self.words, *self.typed)) if len(word) <= LONGEST
        }

    @cached_property
    def by_initials(self) -> dict[str, str]:
        """The longer words under the first letters of their syllables, where only one word has them."""
        found: dict[str, list[str]] = {}
        for word in (*self.words, *self.typed):
            if INITIALS <= len(word) <= LONGEST:
                found.setdefault("".join(self.syllables.get(char, char)[0] for char in word), []).append(word)
        return {letters: words[0] for letters, words in found.items() if len(words) == 1}

    def _letters(self, word: str) -> str:
        return "".join(self.syllables.get(char, char) for char in word)

    def _sound_of(self, word: str) -> str:
        return " ".join(sound(self.syllables.get(char, char)) for char in word)

    def __call__(self, text: str) -> str:
        """The text with English terms, pinyin and slips replaced by the words they stand for."""
        for said, meant in self.english.items():
            text = re.sub(rf"(?<![a-z]){re.escape(said)}(?![a-z])", meant, text)
        return self._slips(LATIN.sub(self._spelled, text))

    def _spelled(self, match: re.Match[str]) -> str:
        parts = re.split(r"[ ']", match[0])
        out, place = [], 0
        while place < len(parts):
            size = next(
                (
                    size
                    for size in range(len(parts) - place, 0, -1)
                    if "".join(parts[place : place + size]) in self.by_pinyin
                ),
                0,
            )
            out.append(self.by_pinyin["".join(parts[place : place + size])] if size else self._cut(parts[place]))
            place += size or 1
        return "".join(f" {part} " if part.isascii() else part for part in out).strip() if out != parts else match[0]

    def _cut(self, letters: str) -> str:
        if letters in self.by_initials:
            return self.by_initials[letters]
        out, place = "", 0
        while place < len(letters):
            size = next(
                (n for n in range(len(letters) - place, 3, -1) if letters[place : place + n] in self.by_pinyin), 0
            )
            if not size:
                return letters
            out += self.by_pinyin[letters[place : place + size]]
            place += size
        return out

    def _slips(self, text: str) -> str:
        for size in range(min(6, len(text)), 1, -1):
            place = 0
            while place + size <= len(text):
                window = text[place : place + size]
                meant = self._meant(window, text, place)
                if meant:
                    text = text[:place] + meant + text[place + size :]
                    place += size
                place += 1
        return text

    def _meant(self, window: str, text: str, place: int) -> str:
        if (
            any(not "一" <= char <= "鿿" for char in window)
            or window in self.known
            or self._taken(text, place, len(window))
        ):
            return ""
        word = self.by_sound.get(self._sound_of(window), "")
        if not word or word == window or len(word) != len(window):
            return ""
        same = sum(one == other for one, other in zip(word, window, strict=True))
        return word if same >= (1 if len(word) < 4 else 2) else ""

    def _taken(self, text: str, place: int, size: int) -> bool:
        """True when a known word covers part of the window and more: then it is no slip."""
        for start in range(max(0, place - 3), place + size):
            for length in (2, 3, 4):
                word = text[start : start + length]
                if len(word) == length and word in self.known and start + length > place:
                    return True
        return False


def _speakable(word: str) -> bool:
    return SHORT <= len(word) <= LONGEST and all("一" <= char <= "鿿" for char in word)


def vocabulary(*groups: Iterable[str]) -> tuple[str, ...]:
    """The Chinese words among several groups, each once, in order."""
    words = dict.fromkeys(word for group in groups for word in group)
    return tuple(word for word in words if len(word) >= SHORT and all("一" <= char <= "鿿" for char in word))


def syllable_table() -> dict[str, str]:
    """The plain syllable of every character of GB2312."""
    chars = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
    return {char: syllables(char)[0].replace("ü", "v") for char in chars if char}


def syllables(text: str) -> list[str]:
    """The syllables of a text without tones; what is no character stays together."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - 130 ms that most messages need not pay

    return list(lazy_pinyin(text))

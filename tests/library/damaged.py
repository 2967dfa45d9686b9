"""A library with vectors in a folder that is damaged, and what must hold then."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from knowledge.answers.background import Background, Wanted
from knowledge.library.holdings import Scope
from knowledge.library.meaning import Meaning
from knowledge.library.search import chroma, lexical_index
from knowledge.library.search.chroma_folder import NAME
from knowledge.library.shelves import Shelves
from tests.damage import FILE, FOLDER
from tests.hashing import Hashing
from tests.library.shelf import Memory, document

ALL, TEA = Scope(), Scope("tea")
NEARLY = 0.9
QUERY = "红茶第3种冲泡"


class Case:
    """A data folder filled once, copied for every damage."""

    def __init__(self, folder: Path, count: int) -> None:
        self.library, self._origin = Memory(), folder / "origin"
        self.library.add(document("a"), [f"红茶第{number}种要用沸水冲泡{number % 7}次。" for number in range(count)])
        self.library.add(document("b", TEA), [f"绿茶第{number}种要用温水冲泡。" for number in range(20)])
        leg = self.leg(self._origin)
        leg.prepare_all()
        self.expected = self.found(leg)
        leg.close()

    @property
    def files(self) -> list[str]:
        """Every kind of file of the folder: those of one of the two collections, the larger, and the database."""
        root = self._origin / NAME
        by_name = {one.name: one for one in sorted(root.rglob("*"), key=_size) if one.is_file()}
        return sorted(str(one.relative_to(root)) for one in by_name.values())

    def leg(self, data: Path) -> Meaning:
        return Meaning(lambda: chroma.embedded(data, Hashing(), "hash"), self.library, {}, rest=0)

    def found(self, leg: Meaning) -> list[float]:
        """How near some passages are to their own texts; fewer where one isn't found."""
        texts = [one.text for id_ in self.library.kept for one in self.library.passages(id_)]
        asked = texts[:: max(1, len(texts) // 12)]
        return [round(one.score, 3) for text in asked for one in leg.near(text, (ALL, TEA), 1)]

    def copied(self, data: Path, *, sealed: bool = True) -> Path:
        """A copy to be damaged; without its seal it is as after a kill in the middle of writing."""
        shutil.copytree(self._origin, data)
        if not sealed:
            (data / f"{NAME}.seal").unlink()
        return data

    def at_rest(self, data: Path, kind: str, file: str, random: Random, *, silent: bool = False) -> str:
        """Damage, then start; empty when all is well, else what is not. `silent` damage need not be noticed."""
        _damage(data / NAME, kind, file, random)
        leg = self.leg(data)
        desk = Background(lexical_index.in_memory(()), Shelves(self.library, None), leg)
        try:
            return self._answered(desk) or self._whole(leg, silent)
        finally:
            desk.close()

    def live(self, data: Path, kind: str, file: str, random: Random) -> str:
        """Start, then damage under the running process."""
        leg = self.leg(data)
        desk = Background(lexical_index.in_memory(()), Shelves(self.library, None), leg)
        try:
            leg.prepare_all()
            before = self.found(leg)
            _damage(data / NAME, kind, file, random)
            answered = self._answered(desk)
            return "not whole before" * (len(before) != len(self.expected)) or answered or self._whole(leg, False)
        finally:
            desk.close()

    def _answered(self, desk: Background) -> str:
        found = [one.passage.id for one in desk.search(Wanted(QUERY), 5)]
        return "" if "a#4" in found else f"no answer by words: {found}"

    def _whole(self, leg: Meaning, silent: bool) -> str:
        for _ in range(3):
            leg.settle()
            found = self.found(leg)
            # A graph made anew may miss a text's very own passage for one that is all but the same.
            if len(found) == len(self.expected) and (silent or min(found) > NEARLY):
                return ""
        return f"not whole: {found}"


def _damage(folder: Path, kind: str, file: str, random: Random) -> None:
    if file:
        FILE[kind](folder / file, random)
    else:
        FOLDER[kind](folder, random)


def _size(path: Path) -> int:
    return path.stat().st_size

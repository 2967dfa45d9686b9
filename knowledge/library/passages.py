"""The unit of search: a piece of text with its place, source and authority, and other ways people ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Authority = Literal["province", "ruling", "faq", "guide", "fact"]


@dataclass(frozen=True)
class Passage:
    """A searchable piece of a source.

    A `fact` is rendered from the call and never quoted: `stands_on` holds the ids of the clauses that prove it.
    `bureau` is the code of the bureau it belongs to, empty when it holds for all.
    """

    id: str
    locator: str
    text: str
    source: str
    authority: Authority = "province"
    ways: tuple[str, ...] = ()
    stands_on: tuple[str, ...] = ()
    bureau: str = ""

    @property
    def quoted(self) -> bool:
        """True when its text is a source's own words."""
        return self.authority != "fact"


@dataclass(frozen=True)
class Scored:
    """A passage and how well it fits a query."""

    passage: Passage
    score: float

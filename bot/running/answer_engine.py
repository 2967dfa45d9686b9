"""Who answers questions: over the indexes in the data folder, in a model's words where one is configured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bot.process.settings import Settings
from bot.running.lazy_library import LazyLibrary
from bot.turn.ports import Asker
from knowledge.answers.engine import AnswerEngine
from knowledge.call.pack import Pack
from knowledge.library.holdings import Fixed, Library, Scope, Vectors


def uncounted(_reason: str) -> None:
    """Nobody counts."""


def engine(settings: Settings, pack: Pack, *, wait: bool = True) -> AnswerEngine:
    """Who answers exactly.

    With a model for vectors, `wait` until its collections are filled; else they fill while words are searched.
    """
    library = LazyLibrary(settings.database)
    if not settings.embeddings:
        return AnswerEngine.open(pack, settings.data, library)
    leg, filled = by_meaning(settings, library)
    opened = AnswerEngine.open(pack, settings.data, library, leg)
    return filled(opened) if wait else opened


class Filling(Vectors, Protocol):
    """A search by meaning that can be filled scope by scope."""

    def prepare(self, scopes: Sequence[Scope], report: Callable[[int], None], *, anew: bool = False) -> None:
        """Fill what is not up to date, or all of it anew; LibraryError in one line when that can't be done."""


def by_meaning(
    settings: Settings, library: Library
) -> tuple[Callable[[Mapping[Scope, Fixed]], Filling], Callable[[AnswerEngine], AnswerEngine]]:
    """What makes the search by meaning, and what waits until all of it is filled; LibraryError for no such model."""
    # Chroma takes a second that only vectors are worth.
    from bot.running.vectors import filled, meaning  # noqa: PLC0415

    return meaning(settings, library), filled


def asker(settings: Settings, pack: Pack, *, wait: bool = True, failed: Callable[[str], None] = uncounted) -> Asker:
    """Who answers questions, in the model's words when there is one; `failed` is told why it gave none."""
    exact = engine(settings, pack, wait=wait)
    if not settings.model:
        return exact
    # What words answers and judges them is needed only where there is a model.
    from bot.running.models import worded  # noqa: PLC0415

    return worded(exact, settings, pack.call, failed)

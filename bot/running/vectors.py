"""The search by meaning as it is configured; with Chroma, loaded only where vectors are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.process.progress import told
from bot.process.settings import Settings
from knowledge.answers.engine import AnswerEngine
from knowledge.library.holdings import Fixed, Library, Scope
from knowledge.library.meaning import Meaning
from knowledge.library.search import chroma
from knowledge.library.search.embeddings import embeddings, identity


def meaning(settings: Settings, library: Library) -> Callable[[Mapping[Scope, Fixed]], Meaning]:
    """The search by meaning, in the data folder or on the server of the settings; LibraryError for no such model."""
    key = settings.model_key.get_secret_value() if settings.model_key else ""
    model, name = embeddings(settings.embeddings, settings.model_url, key), identity(settings.embeddings)

    def opened() -> chroma.Collections:
        if settings.chroma_url:
            return chroma.served(settings.chroma_url, model, name)
        return chroma.embedded(settings.data, model, name)

    return lambda fixed: Meaning(opened, library, fixed)


def filled(engine: AnswerEngine) -> AnswerEngine:
    """The same, once its collections are filled; whoever waits sees how far it is."""
    told("准备向量", engine.prepare)
    return engine

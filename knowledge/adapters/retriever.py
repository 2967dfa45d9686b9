"""Passages as LangChain's documents, and any search of ours as LangChain's retriever."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from knowledge.passages import Passage, Scored


def as_document(one: Scored) -> Document:
    """The document of a found passage, its score beside its place."""
    return Document(one.passage.text, id=one.passage.id, metadata={**metadata(one.passage), "score": one.score})


def metadata(passage: Passage) -> dict[str, str]:
    """What is stored beside a passage's text: enough to make the passage again."""
    return {
        "locator": passage.locator,
        "source": passage.source,
        "authority": passage.authority,
        "bureau": passage.bureau,
        "ways": "\n".join(passage.ways),
        "stands_on": "\n".join(passage.stands_on),
    }


class PassageRetriever(BaseRetriever):
    """A search of passages behind LangChain's interface."""

    search: Callable[[str, int], Sequence[Scored]]
    top: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_document(one) for one in self.search(query, self.top)]

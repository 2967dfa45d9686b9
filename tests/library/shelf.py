"""A library in memory, for the stories of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.library.holdings import Document, Kept, Scope
from knowledge.library.passages import Passage


class Memory:
    def __init__(self) -> None:
        self.kept: dict[str, tuple[Document, tuple[Passage, ...]]] = {}
        self.revisions: dict[Scope, int] = {}

    def add(self, document: Document, texts: Iterable[str]) -> None:
        self.kept[document.id] = (
            document,
            tuple(
                Passage(f"{document.id}#{n}", f"第{n}段", text, document.source, document.authority)
                for n, text in enumerate(texts, 1)
            ),
        )
        self.revisions[document.scope] = self.revisions.get(document.scope, 0) + 1

    def remove(self, id_: str) -> None:
        scope = self.kept.pop(id_)[0].scope
        self.revisions[scope] += 1

    def revision(self, scope: Scope) -> int:
        return self.revisions.get(scope, 0)

    def documents(self, scope: Scope) -> Sequence[Kept]:
        return [Kept(one, len(held)) for one, held in self.kept.values() if one.scope == scope]

    def passages(self, document: str) -> Iterable[Passage]:
        return self.kept[document][1]

    def scopes(self) -> Sequence[Scope]:
        return list(self.revisions)


def document(id_: str, scope: Scope = Scope(), **more: object) -> Document:  # noqa: B008
    return Document(id_, scope, f"示例{id_}", f"{id_}.txt", id_, **more)  # type: ignore[arg-type]

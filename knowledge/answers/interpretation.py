"""A question as read: the concepts it holds, the tasks, chains and parts it names, the asker's situation."""

from __future__ import annotations

from dataclasses import dataclass, field

BACKGROUND = 0.5
FEATURES = {
    "task": 1.2,
    "strange": 2.5,
    "tasks": 1.3,
    "library": 1.0,
    "cluster": 1.2,
    "chain": 1.2,
    "product": 1.2,
    "section": 1.0,
}
FEATURES |= {
    "field": 0.9,
    "aspect": 1.0,
    "outside": 1.1,
    "city": 0.5,
    "cities": 1.0,
    "count": 0.8,
    "day": 0.9,
    "named": 0.9,
    "subsection": 0.5,
}
FEATURES |= {
    "s_opinion": 1.0,
    "s_commitment": 1.0,
    "s_members": 1.0,
    "s_narrative": 0.5,
    "s_tasks": 0.5,
    "s_fields": 0.5,
}


@dataclass(frozen=True)
class Reading:
    """What a question says, with a weight for every concept or feature it holds."""

    text: str
    tokens: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()
    tasks: tuple[int, ...] = ()
    strange: tuple[int, ...] = ()
    named: tuple[int, ...] = ()
    libraries: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    count: int | None = None
    days: tuple[tuple[int, int, int], ...] = field(default=())

    def holds(self, *names: str) -> bool:
        """True when every one of the concepts or features is there."""
        return all(name in self.tokens for name in names)

    def any(self, *names: str) -> bool:
        """True when at least one of the concepts or features is there."""
        return any(name in self.tokens for name in names)

    def worth(self, token: str, weight: float) -> float:
        """What a token counts: less when it stands only in the story told before the question."""
        return weight * (BACKGROUND if token in self.aside else 1.0)

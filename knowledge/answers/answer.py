"""What comes back for a policy question: the sentences, the clauses they rest on, and how sure the sources are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["answered", "not_covered", "declined"]


@dataclass(frozen=True)
class Citation:
    """A contiguous run of a source, white space aside, with the place it stands in."""

    source: str
    locator: str
    quote: str


@dataclass(frozen=True)
class Answer:
    """`text` holds the sentences; `passages` are ids of what was searched up, best first.

    `background` quotes guides and other documents: shown apart, they prove nothing.
    """

    text: str
    status: Status
    citations: tuple[Citation, ...] = ()
    passages: tuple[str, ...] = ()
    background: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Weighed:
    """What the notice itself says to questions, and which others ask the same."""

    answers: tuple[Answer, ...] = ()
    same: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Prompt:
    """What a model is sent: the rules it writes by, the material it writes from, and a hash of the prompts' texts."""

    rules: str
    material: str
    version: str

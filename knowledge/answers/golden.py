"""Golden questions: what a pack's answers must say, and how an answer falls short of it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from knowledge.answers.answer import Answer, Status
from knowledge.call.definition import Frozen

PROOF, LONGEST = 3, 330
Kind = Literal[
    "fact", "eligibility", "task", "listing", "scenario", "multihop", "form", "bureau", "ambiguity", "followup",
    "unanswerable", "offtopic", "injection",
]  # fmt: skip


class Golden(Frozen):
    """One question with what its answer must hold.

    Every group in `says` needs one of its strings, none of `never` may occur, one of the first three citations must
    stand at one of `cites` (when there are any), and the status must be among `status`.
    """

    id: str
    kind: Kind
    q: str
    history: tuple[str, ...] = ()
    says: tuple[tuple[str, ...], ...] = ()
    never: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    status: tuple[Status, ...]
    today: date | None = None


def read(path: Path) -> Iterator[Golden | str]:
    """The questions of a file, and a sentence for every line that is not one; nothing when there is no file."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            yield Golden.model_validate(json.loads(line))
        except (json.JSONDecodeError, ValidationError) as error:
            yield f"{path.name} 第{number}行有误：{str(error).splitlines()[0]}"


def short_of(golden: Golden, answer: Answer) -> list[str]:
    """How an answer falls short of what is wanted; an empty list when it is right."""
    text = _plain(answer.text)
    wrong = [] if answer.status in golden.status else [f"status {answer.status}"]
    wrong += [f"lacks {group}" for group in golden.says if not any(_plain(one) in text for one in group)]
    wrong += [f"says {one}" for one in golden.never if _plain(one) in text]
    places = [one.locator for one in answer.citations[:PROOF]]
    if golden.cites and not set(places) & set(golden.cites):
        wrong.append(f"cites {places}")
    return wrong + ([f"{len(text)} characters"] if len(text) > LONGEST else [])


def _plain(text: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    return re.sub('[“”"]', '"', text)

"""A message that asks two things: where it divides, and two answers made one."""

from __future__ import annotations

import re

from knowledge.answers.answer import Answer, Status
from knowledge.answers.question import ASKING

END = re.compile(r"[?;。!,\n]+|(?:还有|以及|另外|顺便|再就是)(?=.{2})|(?<=[一-鿿]) (?=[一-鿿])")
JOINT = re.compile(r"、|和|及|与|跟|还有")
MOST, QUOTED = 3, 4
ORDER: tuple[Status, ...] = ("answered", "not_covered", "declined")


def asking(text: str) -> tuple[str, ...]:
    """The clauses of a text that each ask something, each with what was told right before it."""
    found: list[str] = []
    told = ""
    for part in END.split(text):
        told = f"{told},{part}".strip(",") if part else told
        if part and ASKING.search(part):
            found.append(told)
            told = ""
    if told and found:
        found[-1] = f"{found[-1]},{told}"
    return tuple(found)


def coordinated(text: str) -> tuple[str, ...]:
    """The things that a text sets side by side."""
    found = tuple(part.strip() for part in JOINT.split(text) if part.strip(" ?"))
    return found if 1 < len(found) <= MOST else ()


def together(answers: list[Answer]) -> Answer | None:
    """Several answers as one, a quote of each among the first; None when they say the same or one is missing."""
    answers = [
        one for one in answers if not any(one is not other and one.text.endswith(other.text) for other in answers)
    ]
    known = all(answer.passages and answer.passages[0].startswith("card:") for answer in answers)
    if len(answers) < 2 or not known or len({answer.text for answer in answers}) < len(answers):
        return None
    depth = max(len(answer.citations) for answer in answers)
    row = [answer.citations[place] for place in range(depth) for answer in answers if place < len(answer.citations)]
    return Answer(
        "".join(dict.fromkeys(answer.text for answer in answers)),
        max((answer.status for answer in answers), key=ORDER.index),
        tuple(dict.fromkeys(row))[:QUOTED],
        tuple(dict.fromkeys(one for answer in answers for one in answer.passages)),
    )

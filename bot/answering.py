"""An answer as a message."""

from __future__ import annotations

from bot.replies import Quote, Reply
from knowledge.answer import Answer
from knowledge.call import Call


def answer_reply(answer: Answer, call: Call) -> Reply:
    """An answer as a message: the sentences, and the clauses as quotes; the notice itself needs no name."""
    own = call.call.title
    cited = answer.citations[:3]
    return Reply(
        answer.text,
        quotes=tuple(Quote("" if one.source == own else one.source, one.locator, one.quote) for one in cited),
    )

"""An answer as a message."""

from __future__ import annotations

from bot.turn.replies import Quote, Reply
from knowledge.answers.answer import Answer
from knowledge.call.definition import Call

CITED = 3
ASIDE = "参考资料，不是通知原文："


def answer_reply(answer: Answer, call: Call) -> Reply:
    """An answer as a message: the sentences, and the clauses as quotes; the notice itself needs no name.

    Where the notice is silent, the nearest sentence of a guide stands below, marked as none of the notice's.
    """
    own = call.call.title
    cited = answer.citations[:CITED]
    quotes = [Quote("" if one.source == own else one.source, one.locator, one.quote) for one in cited]
    aside = answer.background[:1] if answer.status == "not_covered" else ()
    quotes += [Quote(ASIDE + one.source, one.locator, one.quote) for one in aside]
    return Reply(answer.text, quotes=tuple(quotes))

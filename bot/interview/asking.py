"""The question for each open item, with its buttons."""

from __future__ import annotations

from bot.interview.show import label, said
from bot.turn.replies import Button, Reply
from bot.turn.wording import say
from drafting.application.whole_form import items, section_of
from drafting.form.draft import Draft
from drafting.kinds import kind_of
from knowledge.call.definition import Call

BOARD = "tasks"


def question(item: str, draft: Draft, call: Call, *, brief: bool = False) -> Reply:
    """The question for an item: its section and how far that is, what is wanted, and what can be pressed.

    A `brief` one, for a cell that was asked just before, leaves its hint out.
    """
    section = section_of(item, call)
    asked = kind_of(section).asked(section, item, draft, call)
    lines = asked.lines[:1] if brief and item in call.field_by_id else asked.lines
    there = [done for _, done in items(section, draft, call)]
    count = say("ask.of", done=sum(there), of=len(there)) if len(there) > 1 else ""
    text = "\n".join((f"{section.number}、{section.title}{count}", *map(said, lines)))
    name = item.partition("/")[0]
    buttons = tuple(tuple(Button(f"{name}/{one.value}", said(one.label)) for one in row) for row in asked.answers)
    return Reply(text, buttons=buttons, board=BOARD if asked.board else "")


def guidance(item: str, call: Call) -> str:
    """What helps with an item: what the form asks, its clause, and an example that says that it is one."""
    section = section_of(item, call)
    hint, clause, example = kind_of(section).helped(section, item, call)
    rule = say("draft.rule", rule=clause) if clause else ""
    shown = say("ask.example", example=said(example)) if example else ""
    return say("help.asking", item=label(item, call), hint="\n".join(part for part in (hint, rule, shown) if part))

"""`shenbao understand`: what one sentence says, as JSON lines."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import Any, Final

from bot.commands import UsageError
from bot.commands.common import LineError, Row, each, settings, text_of
from bot.interview.findings import new_faults
from bot.running import wiring
from drafting.application.exchange import FactsError, from_facts
from drafting.changes.additions import record
from drafting.form.draft import Draft
from drafting.form.problem import Problem
from drafting.form.understood import Understood, Unit
from drafting.reading.message import understand
from drafting.reading.setting import Setting
from knowledge.call.definition import Call

SHOWN: Final = ("ask_policy", "skip", "back", "cancel", "preview", "export", "help", "confirm", "deny", "fix")
SAME: Final = {"progress": "preview", "undo": "back"}


def run(arguments: Namespace) -> int:
    """Answer each line of standard input."""
    if not arguments.jsonl:
        raise UsageError("请加 --jsonl，从标准输入逐行读")
    call = wiring.pack(settings()).call
    return each(lambda row: {"id": row.get("id")} | read(row, call))


def read(row: Row, call: Call) -> dict[str, Any]:
    """What one line says, in the words of the interface; LineError for a line that is none."""
    setting = _setting(row, call)
    lead, got = call.field_of_kind("lead"), understand(text_of(row, "text"), setting)
    name = (got.fields.get(lead.id) or setting.draft.fields.get(lead.id, "")) if lead else ""
    return _said(with_faults(got, setting.draft, call), name)


def with_faults(got: Understood, draft: Draft, call: Call) -> Understood:
    """The reading with what is wrong in the prose it brings, as the conversation says it at once."""
    if not got.texts:
        return got
    wrong = new_faults(draft, record(draft, got, call), call)
    return replace(
        got, problems=(*got.problems, *(Problem(one.code, one.where, one.message, one.rule) for one in wrong))
    )


def _setting(row: Row, call: Call) -> Setting:
    asking = str(row.get("asking") or "")
    context = {"tasks": call.of_kind("tasks"), "members": call.of_kind("members")}.get(str(row.get("context")))
    item = f"target/{asking}" if asking.isdigit() else asking or (context.id if context else "")
    return Setting(call, _draft(row.get("state") or {}, call), item)


def _draft(state: Any, call: Call) -> Draft:
    """The draft a line's state describes; LineError for a state that is none."""
    try:
        tasks: dict[str, Any] = {str(number): {"selected": True} for number in state.get("selected", ())}
        tasks |= {str(number): {"selected": False} for number in state.get("deselected", ())}
        tasks |= {number: {"selected": True, "targets": given} for number, given in state.get("targets", {}).items()}
        return from_facts({**state.get("fields", {}), "tasks": tasks, "members": state.get("members", [])}, call)
    except (AttributeError, TypeError, FactsError):
        raise LineError("state 看不懂") from None


def _said(got: Understood, lead: str = "") -> dict[str, Any]:
    targets = {str(n): [one.model_dump(exclude_defaults=True) for one in given] for n, given in got.targets.items()}
    intent = SAME.get(got.intent, got.intent)
    parts = {
        "select": list(got.select),
        "deselect": list(got.deselect),
        "targets": targets,
        "fields": got.fields,
        "members": [_unit(unit, lead) for unit in got.members],
        "remove_members": [*got.remove_members, *got.rename],
        "intent": intent if intent in SHOWN else "",
        "problem": got.problems[0].code if got.problems else "",
        "problem_on": got.problems[0].on if got.problems else "",
        "problems": [{"code": one.code, "on": one.on} for one in got.problems[1:]],
    }
    return {key: value for key, value in parts.items() if value}


def _unit(unit: Unit, lead: str) -> dict[str, Any]:
    return {"name": unit.name or lead, "role": unit.role} | (
        {"tasks": list(unit.tasks)} if unit.tasks is not None else {}
    )

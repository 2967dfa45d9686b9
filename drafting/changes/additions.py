"""A draft with what a message said added to it."""

from __future__ import annotations

from drafting.form.draft import Choice, Draft, Member, Part
from drafting.form.understood import Understood, Unit
from drafting.narrative.points import added, settled
from knowledge.call.definition import Call
from knowledge.language.folding import same


def record(draft: Draft, got: Understood, call: Call) -> Draft:
    """The draft after the message: newer facts replace older ones, nothing else is lost.

    A wording that says what no longer holds goes back to the points it was made of.
    """
    fields = _fields(draft.fields, got.fields, call)
    members, lead = _members(draft, got, fields, call)
    for key, lines in got.texts.items():
        draft = added(draft, call.section(key), lines, (got.aspect, got.manner))
    after = draft.model_copy(
        update={
            "fields": fields,
            "tasks": _tasks(draft, got),
            "lead": lead,
            "members": members,
            "promised": draft.promised if got.promised is None else got.promised,
        }
    )
    return settled(after, call)


def _fields(old: dict[str, str], new: dict[str, str], call: Call) -> dict[str, str]:
    """A chain brings its cluster along; a new cluster drops a chain that is not its own."""
    out = {**old, **new}
    cluster, chain = call.field_of_kind("cluster"), call.field_of_kind("chain")
    if not cluster or not chain:
        return out
    owner = call.cluster_of_chain.get(out.get(chain.id, ""))
    if owner and chain.id in new:
        out[cluster.id] = owner.name
    elif owner and cluster.id in new and out[cluster.id] != owner.name:
        del out[chain.id]
    return out


def _tasks(draft: Draft, got: Understood) -> dict[int, Choice]:
    """A figure takes its task along; a task that is left loses its figures."""
    out = dict(draft.tasks)
    for number in got.select:
        out[number] = Choice(selected=True, targets=out[number].targets if number in out else ())
    for number, amounts in got.targets.items():
        out[number] = Choice(selected=True, targets=amounts)
    for number in got.deselect:
        out[number] = Choice(selected=False)
    return out


def _members(draft: Draft, got: Understood, fields: dict[str, str], call: Call) -> tuple[tuple[Member, ...], Part]:
    field = call.field_of_kind("lead")
    leader = fields.get(field.id, "") if field else ""
    members = [
        one.model_copy(update={"name": new}) if (new := _renamed(one.name, got.rename)) else one
        for one in draft.members
        if not any(same(one.name, gone) for gone in got.remove_members)
    ]
    lead = draft.lead
    for unit in got.members:
        if unit.leads or (leader and same(unit.name, leader)):
            lead = _part(lead, unit)
        else:
            _put(members, unit)
    return tuple(members), lead


def _renamed(name: str, rename: dict[str, str]) -> str:
    return next((new for old, new in rename.items() if same(name, old)), "")


def _put(members: list[Member], unit: Unit) -> None:
    place = next((index for index, one in enumerate(members) if same(one.name, unit.name)), None)
    old = Member(name=unit.name) if place is None else members[place]
    new = Member(name=old.name, intro=old.intro if unit.intro is None else unit.intro, part=_part(old.part, unit))
    if place is None:
        members.append(new)
    else:
        members[place] = new


def _part(old: Part, unit: Unit) -> Part:
    tasks = old.tasks if unit.tasks is None else tuple(sorted(set(unit.tasks)))
    return Part(tasks=tasks, duty=old.duty if unit.duty is None else unit.duty)

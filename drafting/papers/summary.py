"""The table in which a recommender ranks applications: its rows, and what speaks against an application being in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from drafting.form.draft import Draft, lead_name
from drafting.form.problem import Finding
from drafting.form.values import find_recommender
from knowledge.call.definition import Call, Column, Recommender, Summary
from knowledge.language.folding import fold, same

Weight = Literal["never", "unless", "note"]
ABOUT_UNITS: Final = frozenset(("too_few_members", "too_many_members", "duplicate_member", "lead_as_member"))
ABOUT_LEAD: Final = frozenset(("not_jiangsu_lead", "lead_not_legal_person", "lead_not_full_name"))


@dataclass(frozen=True)
class Applied:
    """One application to be ranked: its file's name, what it says, what its check found, or why it can't be read."""

    name: str
    draft: Draft = Draft()
    findings: tuple[Finding, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Signed:
    """Who recommends, and whom to call about it; empty where it is to be written by hand."""

    bureau: Recommender
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Objection:
    """What speaks against an application: `never` keeps it out, `unless` somebody insists, `note` is only said."""

    name: str
    text: str
    weight: Weight


# ---------------------------------------------------------------- the rows
def rows(applied: Sequence[Applied], table: Summary, call: Call) -> tuple[tuple[str, ...], ...]:
    """A row an application, in the order given, ranks from 1 without gaps."""
    return tuple(
        tuple(_cell(column, rank, one.draft, call) for column in table.columns) for rank, one in enumerate(applied, 1)
    )


def _cell(column: Column, rank: int, draft: Draft, call: Call) -> str:
    if column.holds == "rank":
        return str(rank)
    if column.holds in ("members", "units"):
        lead = lead_name(draft, call)
        others = [one.name for one in draft.members if not same(one.name, lead)]
        return "、".join(filter(None, ([lead] if column.holds == "units" else []) + others))
    return draft.fields.get(column.holds, "")


# ---------------------------------------------------------------- what speaks against
def objections(applied: Sequence[Applied], bureau: Recommender, call: Call) -> tuple[Objection, ...]:
    """Everything against this ranking, in its order; an empty result when all of it may stand."""
    most = call.consortium.quota
    rule = call.clauses.get("quota", "")
    found = [one for each in applied for one in _alone(each, bureau, call)]
    if most is not None:
        over = f"超出限额，最多推荐{most}个" + (f"（原文：“{rule}”）" if rule else "")
        found += [Objection(one.name, f"{over}。", "never") for one in applied[most:]]
    return (*found, *_twice(applied, call))


def _alone(one: Applied, bureau: Recommender, call: Call) -> Iterator[Objection]:
    if one.reason:
        yield Objection(one.name, one.reason, "never")
        return
    yield from _elsewhere(one, bureau, call)
    errors = [finding for finding in one.findings if finding.severity == "error"]
    printed = [finding for finding in errors if _is_printed(finding, call)]
    for finding in printed:
        yield Objection(one.name, f"{finding.where}：{finding.message}", "unless")
    rest = len(errors) - len(printed)
    if rest:
        yield Objection(one.name, f"另有{rest}处须改，不影响本表；报送前请看检查结果。", "note")


def _elsewhere(one: Applied, bureau: Recommender, call: Call) -> Iterator[Objection]:
    field = call.field_of_kind("recommender")
    said = one.draft.fields.get(field.id, "") if field else ""
    found = find_recommender(said, call)[0] if said else None
    if found is not None and found != bureau:
        yield Objection(one.name, f"推荐单位是“{said}”，不是{bureau.name}。", "never")


def _is_printed(finding: Finding, call: Call) -> bool:
    """True for an error in a cell that the table repeats, or in who takes part."""
    if finding.code in ABOUT_UNITS | ABOUT_LEAD:
        return True
    table, recommender = call.summary, call.field_of_kind("recommender")
    repeated = {column.holds for column in table.columns} if table else set()
    fields = [one for one in call.field_by_id.values() if one.id in repeated or one == recommender]
    return finding.where.split("/")[-1] in {label for one in fields for label in (one.label, one.cover) if label}


def _twice(applied: Sequence[Applied], call: Call) -> Iterator[Objection]:
    """One application given twice can't be ranked; one name for two of them, or one lead, is worth a word."""
    seen: dict[tuple[str, str], str] = {}
    for one in applied:
        same_as = _first(seen, ("", _identity(one.draft, call)), one.name)
        if same_as:
            yield Objection(one.name, f"与{same_as}是同一份申报。", "never")
            continue
        for label, value in _names(one.draft, call):
            earlier = _first(seen, (label, fold(value)), one.name)
            if earlier:
                yield Objection(one.name, f"{label}“{value}”与{earlier}相同，请核对。", "note")


def _first(seen: dict[tuple[str, str], str], key: tuple[str, str], name: str) -> str:
    """Whose application had this before, "" when nobody's or when there is nothing to compare."""
    earlier = seen.get(key, "")
    if key[1]:
        seen.setdefault(key, name)
    return earlier


def _names(draft: Draft, call: Call) -> list[tuple[str, str]]:
    """What should tell applications apart, under its label: the names of the cover but the recommender's."""
    fields = [call.field_by_id[key] for key in call.cover if call.field_by_id[key].kind != "recommender"]
    return [(one.cover or one.label, draft.fields[one.id]) for one in fields if draft.fields.get(one.id)]


def _identity(draft: Draft, call: Call) -> str:
    names = _names(draft, call)
    return "|".join(fold(value) for _label, value in names) if len(names) > 1 else ""

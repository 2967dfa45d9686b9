"""What a recommender sends on: which paper is stamped by whom and where, and where all of it goes by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from drafting.draft import Draft
from drafting.summary import Signed
from knowledge.call import Call, Section

WAYS: Final = {
    "office": "收件单位", "address": "地址", "postcode": "邮政编码", "email": "邮箱（电子版）", "person": "联系人",
    "phone": "电话",
}  # fmt: skip
BOX: Final = "□"


@dataclass(frozen=True)
class Packed:
    """One application in the pack: its file's name there and what it says."""

    file: str
    draft: Draft


@dataclass(frozen=True)
class Filing:
    """A pack as its list tells it; `table` is the file of the ranked table, `notes` what is to be looked after."""

    call: Call
    day: date
    signed: Signed
    table: str
    packed: tuple[Packed, ...]
    notes: tuple[str, ...] = ()


def seals(filing: Filing) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heads and rows of what is to be stamped: a row the table, a row an application, a box for each stamp."""
    places = [one for kind in ("commitment", "opinion") if (one := filing.call.of_kind(kind))]
    heads = ("名次", "文件", *(f"{one.number}、{one.title}" for one in places))
    bureau, table = filing.signed.bureau, filing.call.summary
    first = f"{BOX} {table.seal.rstrip('：:')}：{bureau.name}" if table else ""
    rows = [("", filing.table, first, *[""] * (len(places) - 1))] if places else [("", filing.table)]
    rows += [
        (str(rank), one.file, *(f"{BOX} {_signs(place, one.draft, filing)}盖章" for place in places))
        for rank, one in enumerate(filing.packed, 1)
    ]
    return heads, tuple(rows)


def _signs(place: Section, draft: Draft, filing: Filing) -> str:
    """Who stamps a section: the lead what it promises, the recommender its opinion."""
    if place.kind == "opinion":
        return filing.signed.bureau.name
    lead = filing.call.field_of_kind("lead")
    return draft.fields.get(lead.id, "") if lead else ""


def sending(call: Call) -> tuple[tuple[str, str], ...]:
    """By when and where it is sent, a (what, how) each, in the call's own words."""
    return (*_days(call), *_addresses(call))


def _days(call: Call) -> Iterator[tuple[str, str]]:
    for one in call.deadlines:
        if one.binds != "applicant":
            yield f"{one.day.year}年{one.day.month}月{one.day.day}日前", one.what


def _addresses(call: Call) -> Iterator[tuple[str, str]]:
    for kind, label in WAYS.items():
        values = [one.value for one in call.contacts if one.kind == kind]
        if values:
            yield label, "、".join(values)


def rules(call: Call, keys: Sequence[str] = ("seal", "rank", "quota")) -> tuple[str, ...]:
    """What the notice says on stamping and ranking, word for word."""
    return tuple(call.clauses[key] for key in keys if key in call.clauses)

"""What a recommender sends on: which paper is stamped by whom and where, and where all of it goes by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from drafting.form.draft import Draft, lead_name
from drafting.kinds import kind_of
from drafting.papers.summary import Signed
from knowledge.call.definition import Call, FieldKind

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
    call, bureau = filing.call, filing.signed.bureau
    heads = ("名次", "文件", *(f"{_role(call, kind)}盖章" for kind in ("lead", "recommender")))
    table = _stamp(bureau.name, call.summary.seal.rstrip("：:") if call.summary else "")
    rows = [("", filing.table, "", table)]
    for rank, one in enumerate(filing.packed, 1):
        seals_ = (
            _stamp(lead_name(one.draft, call), _place(call, "lead")),
            _stamp(bureau.name, _place(call, "recommender")),
        )
        rows.append((str(rank), one.file, *seals_))
    return heads, tuple(rows)


def _role(call: Call, kind: Literal["lead", "recommender"]) -> str:
    field = call.field_of_kind(kind)
    return (field.cover or field.label) if field else ""


def _place(call: Call, who: FieldKind) -> str:
    """The section that takes this one's seal."""
    return next((f"{one.number}、{one.title}" for one in call.sections if kind_of(one).stamped == who), "")


def _stamp(who: str, place: str) -> str:
    """A box, who stamps and where; empty where there is no such place."""
    return f"{BOX} {who}，“{place}”处" if place else ""


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

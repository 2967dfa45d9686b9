"""Several applications held against each other: what they share that each should have of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from drafting.form.draft import Draft, lead_name
from drafting.form.organisations import namesakes
from drafting.form.values import full_label
from knowledge.call.definition import Call, Field
from knowledge.language.folding import fold

RUN: Final = 10  # so many characters in a row are no coincidence
LEAST: Final = 80  # shorter prose is not compared
NEAR: Final = 80  # percent of the shorter text that must stand in the other; forms written to one pattern share less
PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Common:
    """One thing several files share: `where` is section/item in each, `overlap` percent of the shorter text."""

    code: str
    severity: str
    files: tuple[str, ...]
    where: str
    message: str
    mend: str = ""
    overlap: int = 0


Named = tuple[str, Draft]


def scan(files: Sequence[Named], call: Call) -> tuple[Common, ...]:
    """Everything worth a look across these files, in the form's order; nothing for a single one."""
    return (*_names(files, call), *_prose(files, call), *_units(files, call))


# ---------------------------------------------------------------- names on the cover
def _names(files: Sequence[Named], call: Call) -> Iterator[Common]:
    """same_lead, same_name: a lead or a name that several applications give."""
    for key in call.cover:
        field = call.field_by_id[key]
        groups: dict[str, list[Named]] = {}
        for one in files if field.kind != "recommender" else ():
            groups.setdefault(fold(one[1].fields.get(key, "")), []).append(one)
        for said, group in groups.items():
            if said and len(group) > 1:
                yield _same_name(field, group, call)


def _same_name(field: Field, group: Sequence[Named], call: Call) -> Common:
    names = tuple(name for name, _draft in group)
    text = f"{'、'.join(names)}的{full_label(field)}都是“{group[0][1].fields[field.id]}”。"
    number = next(one.number for one in call.sections if field in one.fields)
    lead = field.kind == "lead"
    mend = "核对同一单位是否牵头了几份申报。" if lead else "各份申报取不同的名称。"
    return Common("same_lead" if lead else "same_name", "warning", names, f"{number}/{field.label}", text, mend)


# ---------------------------------------------------------------- prose
def _prose(files: Sequence[Named], call: Call) -> Iterator[Common]:
    """same_text: a section that stands in an earlier file almost word for word; the nearest one is named."""
    for section in call.sections:
        texts = [(name, PUNCTUATION.sub("", fold("".join(draft.texts.get(section.id, ()))))) for name, draft in files]
        runs = [(name, text, _runs(text)) for name, text in texts if len(text) >= LEAST]
        for place, (name, text, own) in enumerate(runs):
            near = [(overlap(text, own, one[1], one[2]), one[0]) for one in runs[:place]]
            share, other = max(near, default=(0, ""), key=lambda one: one[0])
            if share >= NEAR:
                said = f"{name}的“{section.title}”与{other}重合{share}%。"
                yield Common("same_text", "warning", (other, name), section.number, said, "请各自写明实际情况。", share)


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[place : place + RUN] for place in range(len(text) - RUN + 1))


def overlap(one: str, runs: frozenset[str], other: str, others: frozenset[str]) -> int:
    """How many percent of the shorter text's characters stand in common runs."""
    shared = runs & others
    if not shared:
        return 0
    text = min(one, other, key=len)
    covered = bytearray(len(text))
    for place in range(len(text) - RUN + 1):
        if text[place : place + RUN] in shared:
            covered[place : place + RUN] = b"\1" * RUN
    return 100 * sum(covered) // len(text)


# ---------------------------------------------------------------- units
def _units(files: Sequence[Named], call: Call) -> Iterator[Common]:
    """unit_names_differ: names that look like two writings of one unit's."""
    where: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for name, draft in files:
        for unit in _unit_names(draft, call):
            written.setdefault(fold(unit), unit)
            if name not in where.setdefault(fold(unit), []):
                where[fold(unit)].append(name)
    members = call.of_kind("members")
    for one, other in namesakes(tuple(written), call):
        both = tuple(dict.fromkeys((*where[one], *where[other])))
        said = "和".join(f"“{written[key]}”（{'、'.join(where[key])}）" for key in (one, other))
        text = f"{said}像是同一单位的两种写法。"
        yield Common(
            "unit_names_differ", "warning", both, members.number if members else "", text, "统一写公章上的全称。"
        )


def _unit_names(draft: Draft, call: Call) -> Iterator[str]:
    return (name for name in (lead_name(draft, call), *(one.name for one in draft.members)) if fold(name))

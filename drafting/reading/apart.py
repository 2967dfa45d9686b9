"""A message that names the lead and other units in one breath, taken apart so that neither swallows the other."""

from __future__ import annotations

import re

from drafting.form.draft import LEAD
from drafting.form.short_names import ONE
from drafting.phrasebook import source
from drafting.reading.members import looks_like_units, ours

_CLAUSE = re.compile(r"(?<=[，,；;。\n])")
_HEM = " ，,；;。\n"
_ROLE = LEAD.removesuffix("单位")
# What follows the lead's name without another one is the lead's own share.
_TAKES = re.compile(
    rf"(?:我们|自己|并|主要|也|就|来)*(?:{source('members.takes')}|{source('members.digits')})\s*(?:任务|第?\s*\d)"
)
_SHARE = re.compile(r"任务|\d|必选|可选|[负承]")


def lead_apart(text: str) -> tuple[str, str]:
    """The clause that names the lead, and the rest that names other units; both empty where there are no such two."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    leading = [clause for clause in clauses if _names_lead(clause)]
    if len({name for clause in leading for name in ONE.findall(clause)}) != 1 or len(clauses) < 2:
        return "", ""
    pairs = zip(["", *clauses], clauses, strict=False)
    others = [LEAD + now if before in leading and _TAKES.match(now) else now for before, now in pairs]
    rest = "".join(clause for clause in others if clause not in leading).strip(_HEM)
    units = ONE.search(rest) and looks_like_units(rest)
    return (leading[0].strip(_HEM), rest) if units or any(map(ours, others)) else ("", "")


def _names_lead(clause: str) -> bool:
    """True for a clause that says who leads and nothing of what it takes on."""
    return _ROLE in clause and len(list(ONE.finditer(clause))) == 1 and not _SHARE.search(clause)

"""A message that names the lead and other units in one breath, taken apart so that neither swallows the other."""

from __future__ import annotations

import re

from drafting.draft import LEAD
from drafting.reading.members import looks_like_units
from drafting.reading.names import ONE

_CLAUSE = re.compile(r"(?<=[，,；;。\n])")
_ROLE = LEAD.removesuffix("单位")
_SHARE = re.compile(r"任务|\d|必选|可选|[负承]")


def lead_apart(text: str) -> tuple[str, str]:
    """The clause that names the lead, and the rest that names other units; both empty where there are no such two."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    leading = [clause for clause in clauses if _names_lead(clause)]
    if len(leading) != 1 or len(clauses) < 2:
        return "", ""
    rest = "".join(clause for clause in clauses if clause is not leading[0]).strip(" ，,；;。\n")
    clause = leading[0].strip(" ，,；;。\n")
    return (clause, rest) if ONE.search(rest) and looks_like_units(rest) else ("", "")


def _names_lead(clause: str) -> bool:
    """True for a clause that says who leads and nothing of what it takes on."""
    return _ROLE in clause and len(list(ONE.finditer(clause))) == 1 and not _SHARE.search(clause)

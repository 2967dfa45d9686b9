"""The checks the bureau applies, each a function over what was read; a new rule is one line in its family's list."""

from __future__ import annotations

from drafting.form.cells import Form
from drafting.form.problem import Finding
from drafting.rules import basics, figures, money, participants, plan, prose, target_cells
from drafting.rules.subject import COVER, Reading
from knowledge.call.definition import Call

RULES = (
    *basics.RULES,
    *target_cells.RULES,
    *participants.RULES,
    *prose.RULES,
    *figures.RULES,
    *plan.RULES,
    *money.RULES,
)


def check(form: Form, call: Call) -> list[Finding]:
    """Every finding in a form, in the form's own order; an empty list when it is sound."""
    reading = Reading(form, call)
    order = {name: position for position, name in enumerate([COVER, *(one.number for one in call.sections)])}
    found = dict.fromkeys(finding for rule in RULES for finding in rule(reading))
    return sorted(found, key=lambda one: order.get(one.where.split("/")[0], len(order)))

"""From what is known to what stands in the cells, and back, tolerantly; and the checks the bureau applies to them."""

from __future__ import annotations

from drafting.application.sections import together
from drafting.form.cells import Form
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.kinds import kind_of
from drafting.rules.subject import COVER, Reading
from knowledge.call.definition import Call


def form_of(draft: Draft, call: Call) -> Form:
    """The form that says this draft; what has not been said leaves its cell as printed ("" in the form)."""
    return Form(**together(kind_of(section).cells(section, draft, call) for section in call.sections))


def draft_of(form: Form, call: Call) -> tuple[Draft, tuple[str, ...]]:
    """The draft that a form says, and a note on every cell that can't be read as one and on text nobody sees."""
    parts = together(kind_of(section).kept(section, form, call) for section in call.sections)
    notes = parts.pop("notes", ())
    return Draft(**parts), (*form.unseen, *notes)


def check(form: Form, call: Call) -> list[Finding]:
    """Every finding in a form, in the form's own order; an empty list when it is sound."""
    reading = Reading(form, call, draft_of(form, call)[0])
    order = {name: position for position, name in enumerate([COVER, *(one.number for one in call.sections)])}
    found = dict.fromkeys(one for section in call.sections for one in kind_of(section).check(section, reading))
    return sorted(found, key=lambda one: order.get(one.where.split("/")[0], len(order)))

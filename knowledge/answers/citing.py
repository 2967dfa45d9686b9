"""Citations: from a reference in a card to the run of the notice it stands for, with its locator."""

from __future__ import annotations

import re

from knowledge.answers.answer import Citation
from knowledge.answers.context import day
from knowledge.call.clauses import Clause, Clauses
from knowledge.call.definition import Call
from knowledge.call.pack import squeeze

END = re.compile(r"(?<=。)")


def quote_of(reference: str, call: Call, clauses: Clauses) -> str:
    """The run of the notice a reference stands for; empty when the call has no such thing."""
    if not reference.startswith("@"):
        return reference
    kind, _, key = reference[1:].partition(":")
    if kind == "whole":
        return _whole(_named("title", key, call), clauses)
    if kind in ("task", "cluster"):
        return _row(f"{kind}:{key}", call, clauses)
    return _named(kind, key, call)


def _row(row: str, call: Call, clauses: Clauses) -> str:
    clause = next((one for one in clauses.items if one.row == row), None)
    if clause is None:
        return ""
    cells = [line.strip() for line in clause.text.splitlines() if line.strip()]
    if row.startswith("task:"):
        text = call.task_by_number[int(row[5:])].text
        cells = cells[next(place for place, cell in enumerate(cells) if squeeze(text) == squeeze(cell).lstrip("*＊")) :]
    return " ".join(cells)


def _whole(heading: str, clauses: Clauses) -> str:
    clause = clauses.locate(heading) if heading else None
    return " ".join(line.strip() for line in clause.text.splitlines() if line.strip()) if clause else ""


def _named(kind: str, key: str, call: Call) -> str:
    if kind == "clause":
        return call.clauses.get(key, "")
    if kind == "period":
        return call.period.clause
    if kind == "deadline":
        return next((one.clause for one in call.deadlines if key in ("", one.id)), "")
    if kind == "contact":
        return next((one.clause for one in call.contacts if one.kind == key), "")
    if kind == "heading":
        return _heading(key, call)
    section = next((one for one in call.sections if one.id == key), None)
    if section is None:
        return ""
    return f"{section.number}、{section.title}" if kind == "title" else section.clause or section.title


def _heading(key: str, call: Call) -> str:
    head = call.call
    signed = f"{head.issuer}{day(head.issued)}"
    cover = [call.field_by_id[one] for one in call.cover]
    printed = "".join(f"{field.cover or field.label}：" for field in cover)
    return {
        "cover": printed,
        "title": head.title,
        "issuer": signed,
        "issued": signed,
        "basis": head.basis,
        "form": head.form_title,
    }.get(key, "")


def cite(reference: str, call: Call, clauses: Clauses) -> Citation | None:
    """The citation of a reference, widened to its sentence; None when the notice does not hold it."""
    quote = quote_of(reference, call, clauses)
    clause = clauses.locate(quote) if quote else None
    if clause is None:
        return None
    whole = quote if reference.startswith(("@task", "@cluster", "@title", "@whole")) else sentence(quote, clause)
    return Citation(clauses.title, clause.locator, whole)


def sentence(quote: str, clause: Clause) -> str:
    """The sentence of the clause that holds the quote; the quote itself when it spans several."""
    wanted = squeeze(quote)
    for line in clause.text.splitlines():
        for part in END.split(line):
            if wanted in squeeze(part):
                return part.strip()
    return quote


def sentences(text: str) -> list[str]:
    """The sentences of a clause; a row of a table counts as one."""
    if text.startswith("\t"):
        return [" ".join(line.strip() for line in text.splitlines() if line.strip())]
    return [part.strip() for line in text.splitlines() for part in END.split(line) if part.strip()]


def cite_all(references: tuple[str, ...], call: Call, clauses: Clauses) -> tuple[Citation, ...]:
    """The citations of several references, each run once, in their order."""
    found = [cite(one, call, clauses) for one in references]
    return tuple(dict.fromkeys(one for one in found if one is not None))

"""Sections of labelled cells, and the cover that repeats some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from typing import Final

from drafting.form.cells import Form
from drafting.form.draft import Draft
from drafting.form.understood import Understood
from drafting.form.values import check_field, chosen_cluster, full_label
from drafting.kinds.kind import Answer, Asked, FileParts, Json, Kind, Parts, Words, described, in_rows
from drafting.ooxml.spots import FieldSpots, spots_in
from drafting.rules import basics
from drafting.rules.subject import COVER, Reading
from knowledge.call.definition import Call, Field, Section
from knowledge.language.folding import is_empty, tidy

VALUES: Final[dict[str, Callable[[Call], Iterable[str]]]] = {
    "recommender": lambda call: (one.name for one in call.recommenders),
    "cluster": lambda call: (one.name for one in call.clusters),
    "chain": lambda call: call.cluster_of_chain,
}


class Particulars(Kind):
    """Cells with a label each; a cell may stand on the cover too."""

    paths = ("fields",)
    content = "fields"
    stepwise = True
    needed = True
    rules = basics.RULES

    def items(self, section: Section, draft: Draft, call: Call) -> Iterator[tuple[str, bool]]:
        """An item a cell."""
        return ((field.id, bool(draft.fields.get(field.id))) for field in section.fields)

    def label(self, section: Section, item: str, call: Call) -> str:
        """The cell's label with its group."""
        return full_label(call.field_by_id[item]) if item in call.field_by_id else section.title

    def asked(self, section: Section, item: str, draft: Draft, call: Call) -> Asked:
        """The cell's question; clusters and chains can be pressed."""
        field = call.field_by_id.get(item)
        if field is None:
            return super().asked(section, item, draft, call)
        names = _offered(field, draft, call)
        numbered = field.kind == "cluster"
        answers = [Answer(f"{n}", f"{n} {name}" if numbered else name) for n, name in names.items()]
        return Asked(tuple(filter(None, (field.ask, field.hint))), in_rows(answers))

    def pressed(self, section: Section, item: str, value: str, draft: Draft, call: Call) -> Understood | None:
        """The cluster or chain with this number."""
        names = tuple(_offered(call.field_by_id[item], draft, call).values()) if item in call.field_by_id else ()
        if not value.isdigit() or not 0 < int(value) <= len(names):
            return None
        return Understood(fields={item: names[int(value) - 1]})

    def helped(self, section: Section, item: str, call: Call) -> tuple[str, str, Words]:
        """The cell's hint, clause and example."""
        field = call.field_by_id.get(item)
        return (field.hint or field.ask, field.clause, field.example) if field else super().helped(section, item, call)

    def standing(self, section: Section, item: str, draft: Draft, call: Call) -> Words:
        """The cell's value."""
        return draft.fields.get(item, "")

    def preview(self, section: Section, draft: Draft, call: Call) -> Iterator[Words]:
        """Every cell with its label."""
        return (f"{full_label(field)}：{draft.fields.get(field.id, '未填')}" for field in section.fields)

    def cells(self, section: Section, draft: Draft, call: Call) -> Parts:
        """The section's cells and the cover's."""
        return {
            "cover": {one: draft.fields.get(one, "") for one in call.cover},
            "fields": {one.id: draft.fields.get(one.id, "") for one in section.fields},
        }

    def kept(self, section: Section, form: Form, call: Call) -> Parts:
        """The section's cells before the cover's; a value that is wrong is kept as it stands."""
        said = ((field, form.fields.get(field.id, "") or form.cover.get(field.id, "")) for field in section.fields)
        return {"fields": {field.id: _kept(field, text, call) for field, text in said if not is_empty(text)}}

    def facts(self, section: Section, draft: Draft, call: Call) -> Json:
        """A key a cell that is filled."""
        return {field.id: draft.fields[field.id] for field in section.fields if field.id in draft.fields}

    def stated(self, section: Section, facts: Json, call: Call) -> Parts:
        """The cells that have a value."""
        return {"fields": {field.id: facts[field.id] for field in section.fields if facts.get(field.id)}}

    def schema(self, section: Section, call: Call) -> Json:
        """A string a cell, narrowed to a table's names where there is one."""
        return {field.id: _schema(field, call) for field in section.fields}

    def texts(self, section: Section, reading: Reading) -> Iterator[tuple[str, str]]:
        """The cover and all cells but addresses."""
        form, fields = reading.form, reading.call.field_by_id
        yield from ((f"{COVER}/{fields[key].cover}", text) for key, text in form.cover.items())
        cells = ((key, text) for key, text in form.fields.items() if fields[key].kind != "email")
        yield from ((reading.at_field(key), text) for key, text in cells)

    def place(self, section: Section, found: FileParts) -> FieldSpots:
        """Beside the labels."""
        return FieldSpots(spots_in(found.under(section), found.labels.fields, found.labels))

    def unplaced(self, section: Section, names: Set[str], cover: Set[str], call: Call) -> Iterator[str]:
        """Labels that stand nowhere, then those the cover lacks."""
        yield from (full_label(field) for field in section.fields if field.id not in names | cover)
        own = {field.id: field for field in section.fields}
        yield from (own[key].cover for key in call.cover if key in own and key in names - cover)


def _offered(field: Field, draft: Draft, call: Call) -> dict[int, str]:
    """The names that can be pressed for a cell, by number: all clusters, the chains of the one that was chosen."""
    if field.kind == "cluster":
        return {one.number: one.name for one in call.clusters}
    cluster = chosen_cluster(draft, call) if field.kind == "chain" else None
    return dict(enumerate(cluster.chains, 1)) if cluster else {}


def _kept(field: Field, text: str, call: Call) -> str:
    value = check_field(field, text, Draft(), call) if field.kind in ("cluster", "chain") else text
    return value if isinstance(value, str) else tidy(text)


def _schema(field: Field, call: Call) -> Json:
    made: Json = {"type": "string", "pattern": "\\S", "title": full_label(field)}
    if field.kind in VALUES:
        made = {"type": "string", "title": full_label(field), "enum": list(VALUES[field.kind](call))}
    if field.kind == "email":
        made["format"] = "email"
    return described(made, field.clause or field.hint)

"""Sections written in prose, pasted whole or told point by point."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drafting.form.cells import Form
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.kinds.kind import Asked, FileParts, Json, Kind, Parts, Said, Words, described, shortened
from drafting.narrative.compose import gauge, written
from drafting.ooxml.prose_lines import Prose, prose_of
from drafting.rules.money import budget
from drafting.rules.plan import dates, strangers
from drafting.rules.prose import aspects, lengths, placeholders
from drafting.rules.prose_figures import contradictions
from drafting.rules.subject import Reading
from knowledge.call.definition import Aspect, Call, Section


class Narrative(Kind):
    """Prose of a wished length about the section's aspects; an item `plan/工作计划` is an aspect of it."""

    def items(self, section: Section, draft: Draft, call: Call) -> Iterator[tuple[str, bool]]:
        """The section as one thing."""
        yield section.id, bool(draft.texts.get(section.id) or draft.points.get(section.id))

    def label(self, section: Section, item: str, call: Call) -> str:
        """The title, with the aspect where one is meant."""
        _, _, aspect = item.partition("/")
        return f"{section.title}·{aspect}" if aspect else section.title

    def asked(self, section: Section, item: str, draft: Draft, call: Call) -> Asked:
        """The section's question, or an aspect's."""
        aspect = aspect_of(section, item)
        if aspect is None:
            return super().asked(section, item, draft, call)
        return Asked((Said("ask.aspect", {"aspect": aspect.name, "ask": aspect.ask}),))

    def helped(self, section: Section, item: str, call: Call) -> tuple[str, str, Words]:
        """What each aspect asks, and an example of the first."""
        aspect = aspect_of(section, item)
        if aspect:
            return aspect.ask, section.clause, aspect.example
        points = "\n".join(f"· {one.name}：{one.ask}" for one in section.aspects)
        return f"{points}\n{section.hint}", section.clause, next((one.example for one in section.aspects), "")

    def standing(self, section: Section, item: str, draft: Draft, call: Call) -> Words:
        """How long it is."""
        count = gauge(section, draft, call).characters
        return Said("jump.written", {"title": section.title, "count": count}) if count else ""

    def preview(self, section: Section, draft: Draft, call: Call) -> Iterator[Words]:
        """How long it is, the beginning of each paragraph, the aspects without a word."""
        paragraphs = written(section, draft, call)
        if not paragraphs:
            yield "未填"
            return
        yield measured(section, draft, call)
        yield from (shortened(one, 120) for one in paragraphs)
        yield from (Said("preview.gap", {"aspect": one.name}) for one in gauge(section, draft, call).missing)

    def cells(self, section: Section, draft: Draft, call: Call) -> Parts:
        """Its paragraphs; a paragraph of the file is a line, white space at its ends is not kept."""
        lines = (line.strip() for one in written(section, draft, call) for line in one.split("\n"))
        paragraphs = tuple(filter(None, lines))
        return {"texts": {section.id: paragraphs}} if paragraphs else {}

    def kept(self, section: Section, form: Form, call: Call) -> Parts:
        """Its paragraphs as finished prose."""
        lines = form.texts.get(section.id)
        return {"texts": {section.id: lines}} if lines else {}

    def facts(self, section: Section, draft: Draft, call: Call) -> Json:
        """A list of paragraphs, the points that stand in no prose behind them."""
        points = (point.text for point in draft.points.get(section.id, ()) if not point.worded)
        return {section.id: [*draft.texts.get(section.id, ()), *points]}

    def stated(self, section: Section, facts: Json, call: Call) -> Parts:
        """A list of paragraphs; one text is as many as it has lines."""
        value: Any = facts.get(section.id)
        if not value:
            return {}
        lines = tuple(filter(str.strip, value.split("\n"))) if isinstance(value, str) else tuple(value)
        return {"texts": {section.id: lines}}

    def schema(self, section: Section, call: Call) -> Json:
        """Paragraphs; they may be absent, for they are often written into the Word file at the end."""
        said = {"type": "string", "pattern": "\\S"}
        made = {"type": "array", "title": section.title, "items": said, "minItems": 1}
        return {section.id: described(made, section.clause)}

    def there(self, section: Section, form: Form) -> bool:
        """Whether anything is written."""
        return bool(form.texts.get(section.id))

    def texts(self, section: Section, reading: Reading) -> Iterator[tuple[str, str]]:
        """Its paragraphs."""
        return ((section.number, text) for text in reading.form.texts.get(section.id, ()))

    def check(self, section: Section, reading: Reading) -> Iterator[Finding]:
        """There, long enough, complete, no template left; then what it says against the rest of the form."""
        yield from self.absent(section, reading)
        yield from (one for rule in (lengths, aspects) for one in rule(reading, section))
        yield from placeholders(self.texts(section, reading), section)
        yield from (one for rule in (contradictions, dates, strangers, budget) for one in rule(reading, section))

    def place(self, section: Section, found: FileParts) -> Prose | None:
        """The room under the section's heading."""
        part = found.under(section)
        return prose_of(part.heading, part.blocks, section) if part.heading else None


def aspect_of(section: Section, item: str) -> Aspect | None:
    """The aspect that an item like plan/工作计划 is about, None for any other item."""
    _, _, name = item.partition("/")
    return next((one for one in section.aspects if one.name == name), None)


def measured(section: Section, draft: Draft, call: Call) -> str:
    """How long a section is, and how long it should be."""
    there = gauge(section, draft, call)
    return f"{there.characters}字" + (f"（要求{there.wanted}字左右）" if there.wanted else "")

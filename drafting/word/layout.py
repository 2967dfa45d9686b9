"""Where everything stands in a form's file: found by label, never by position, for filling and reading alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from drafting.application.whole_form import together
from drafting.form.cells import Form
from drafting.kinds import kind_of
from drafting.kinds.kind import Found, Place
from drafting.ooxml.blocks import blocks_of, parts_of
from drafting.ooxml.labels import Labels
from drafting.ooxml.spots import Spot, cover_spots, said_in, write_all
from knowledge.call.definition import Call, Section


@dataclass(frozen=True)
class Layout:
    """Every place of a form's file, and the sections whose heading it doesn't have."""

    call: Call
    cover: dict[str, Spot]
    places: tuple[Place, ...]
    headless: tuple[Section, ...]

    def read(self) -> Form:
        """What stands in the places, and the labels that the file doesn't have."""
        form = Form(cover=said_in(self.cover), **together(place.read() for place in self.places))
        lost = [one for section in self.call.sections for one in kind_of(section).unplaced(section, form, self.call)]
        return replace(form, missing=(*lost, *(f"{one.number}、{one.title}" for one in self.headless)))

    def write(self, form: Form) -> None:
        """Put the form's values in their places."""
        write_all(self.cover, form.cover)
        for place in self.places:
            place.write(form, self.call)


def layout_of(body: Any, call: Call) -> Layout:
    """The places of the form in a document's body."""
    labels = Labels(call)
    parts = parts_of(list(blocks_of(body)), labels)
    found = Found(labels, parts)
    places = (kind_of(section).place(section, found) for section in call.sections)
    headless = tuple(section for section in call.sections if section.id not in parts)
    return Layout(call, cover_spots(parts[""], labels), tuple(filter(None, places)), headless)

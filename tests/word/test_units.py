"""Roles and numbers that people write beside names, and names of any kind, leave the units' table as it is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from drafting.application.whole_form import draft_of, form_of
from drafting.form.draft import LEAD, PARTICIPANT
from drafting.ooxml.elements import TR, cell_text, cells_of, set_cell
from drafting.ooxml.unit_rows import named
from knowledge.call.pack import Pack
from tests.word.drafts import example
from tests.word.test_broken import reread
from tests.word.test_roundtrip import PACKS

WAYS = {
    "after": "{name}（{role}）",
    "short after": "{name}({short})",
    "before": "（{role}）{name}",
    "label": "{role}：{name}",
    "dash": "{name} {role}",
    "dot": "{number}.{name}",
    "ring": "①{name}",
    "both": "（{number}）{name}（{role}{number}）",
    "inner": "{role}（{name}）",
}


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
@pytest.mark.parametrize("only", [None, 0, 1], ids=["every", "lead", "first"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_roles_and_numbers_beside_names(pack: Pack, way: str, only: int | None, tmp_path: Path) -> None:
    draft = example(pack.call)
    names = [unit.name for unit in form_of(draft, pack.call).units]

    def write(body: Any) -> None:
        cells = [cell for row in body.iter(TR) for cell in cells_of(row)[:1] if cell_text(cell) in names]
        for place, cell in enumerate(cells):
            role = PARTICIPANT if place else LEAD
            said = way.format(name=cell_text(cell), role=role, short=role[:2], number=place + 1)
            if only in (None, place):
                set_cell(cell, said)

    back = draft_of(reread(pack, tmp_path, write), pack.call)[0]
    assert (back.members, back.lead) == (draft.members, draft.lead)


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_a_lead_without_the_ending_of_a_company(pack: Pack, tmp_path: Path) -> None:
    draft = example(pack.call)
    name = form_of(draft, pack.call).units[0].name

    def shorten(body: Any) -> None:
        for row in body.iter(TR):
            cells = cells_of(row)
            if len(cells) > 2 and cell_text(cells[0]) == name:
                set_cell(cells[0], "虚构甲装备")

    form = reread(pack, tmp_path, shorten)
    assert form.units[0].name == "虚构甲装备"
    assert draft_of(form, pack.call)[0].lead == draft.lead


@pytest.mark.parametrize("name", ["虚构（苏州）装备有限公司", "（虚构）甲（集团）公司", "360虚构公司", "一丙研究院"])
def test_what_belongs_to_a_name_stays(name: str) -> None:
    assert named(name) == ("", name)

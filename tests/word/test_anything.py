"""Whatever stands in a form's cells, checking it ends with findings and never with an error."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.application.exchange import from_facts, to_facts
from drafting.application.whole_form import check, draft_of, form_of
from drafting.form.cells import Form, Promise, TaskRow, UnitRow
from drafting.form.draft import Draft
from tests.word.test_roundtrip import PACKS

CALL = PACKS["shipped"].call
WORDS = (
    "任务第项一二三十百千万亿两零点壹0123456789.,-~至到年月日个项家TBPB约余多来/×√、，。；：（）()% \n\t"
    "单位万元由其中总投入阶段公司省市"
)
TEXT = st.text(st.sampled_from(WORDS), max_size=24) | st.text(max_size=12)


def keyed(keys: list[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(keys), TEXT)


FORMS = st.builds(
    Form,
    cover=keyed(list(CALL.cover)),
    fields=keyed(list(CALL.field_by_id)),
    tasks=st.lists(
        st.builds(TaskRow, task=st.integers(0, 15), number=TEXT, mark=TEXT | st.just("√"), target=TEXT), max_size=4
    ).map(tuple),
    units=st.lists(st.builds(UnitRow, label=TEXT, name=TEXT, intro=TEXT, duty=TEXT), max_size=4).map(tuple),
    texts=st.dictionaries(
        st.sampled_from([one.id for one in CALL.narratives()]), st.lists(TEXT, max_size=4).map(tuple)
    ),
    promise=st.none() | st.builds(Promise, paragraphs=st.lists(TEXT).map(tuple), unit=TEXT, date=TEXT),
)


@settings(max_examples=150, deadline=None)
@given(form=FORMS)
def test_any_form_is_judged(form: Form) -> None:
    for finding in check(form, CALL):
        assert finding.severity in ("error", "warning")
        assert finding.message
        assert finding.where


@settings(max_examples=100, deadline=None)
@given(form=FORMS)
def test_what_any_form_says_can_be_exchanged_as_facts(form: Form) -> None:
    draft, _notes = draft_of(form, CALL)
    assert from_facts(to_facts(draft, CALL), CALL).members == draft.members


def test_an_empty_draft_is_an_empty_form_and_back() -> None:
    assert draft_of(form_of(Draft(), CALL), CALL)[0] == Draft()

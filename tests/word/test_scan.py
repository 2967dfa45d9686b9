"""Applications held against each other: shared leads, names, prose, and one unit under two names."""

from __future__ import annotations

import pytest

from drafting.form.draft import Draft, Member
from drafting.form.organisations import namesakes
from drafting.papers.scan import scan
from knowledge.call.definition import Call
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS

CALL = PACKS["shipped"].call
OTHER = PACKS["invented"].call
MADE = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def own(number: int, call: Call = CALL) -> Draft:
    """An application that shares nothing with another one's."""
    draft = example(call)
    fields = {key: f"虚构{MADE[number]}{value}" for key, value in draft.fields.items()}
    texts = {
        one.id: tuple(f"{MADE[number]}{MADE[place]}{MADE[-number]}做第{place * 37 + number}件事" for place in range(20))
        for one in call.narratives()
    }
    members = tuple(Member(name=f"虚构{MADE[number]}{MADE[place]}大学") for place in range(3))
    return draft.model_copy(update={"fields": fields, "texts": texts, "members": members})


def codes(*drafts: Draft, call: Call = CALL) -> list[tuple[str, str, tuple[str, ...]]]:
    found = scan([(f"{place}.docx", draft) for place, draft in enumerate(drafts, 1)], call)
    return [(one.code, one.where, one.files) for one in found]


@pytest.mark.parametrize("call", [CALL, OTHER], ids=("shipped", "invented"))
def test_applications_of_their_own_share_nothing(call: Call) -> None:
    assert codes(*(own(number, call) for number in range(1, 11)), call=call) == []
    assert codes(own(1, call), call=call) == []


def test_a_lead_and_a_project_that_come_twice_are_said_with_their_files() -> None:
    first, second, third = own(1), own(2), own(3)
    same = {key: first.fields[key] for key in ("lead_name", "project_name")}
    third = third.model_copy(update={"fields": {**third.fields, **same}})
    assert codes(first, second, third) == [
        ("same_name", "一/项目名称", ("1.docx", "3.docx")),
        ("same_lead", "一/牵头单位名称", ("1.docx", "3.docx")),
    ]


def test_a_section_written_off_is_named_with_its_share() -> None:
    first, second = own(1), own(2)
    plan = (*first.texts["plan"][:-2], "另外写了一句自己的话。")
    (found,) = scan([("甲.docx", first), ("乙.docx", second.model_copy(update={"texts": {"plan": plan}}))], CALL)
    assert (found.code, found.where) == ("same_text", "五")
    assert 85 <= found.overlap < 100
    assert found.message == f"乙.docx的“实施方案”与甲.docx重合{found.overlap}%。"


def test_the_nearest_earlier_file_is_named_once() -> None:
    drafts = [
        own(1).model_copy(update={"texts": {"plan": own(1).texts["plan"]}, "fields": own(n).fields}) for n in (1, 2, 3)
    ]
    members = [draft.model_copy(update={"members": ()}) for draft in drafts]
    assert [files for _code, _where, files in codes(*members)] == [("1.docx", "2.docx"), ("1.docx", "3.docx")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南京样例软件", "南京样例软件有限公司"),
        ("南京样例软件股份有限公司", "南京样例软件有限公司"),
        ("样例数据科技有限公司", "江苏样例数据科技有限公司"),
        ("样例智能装备", "盐城样例智能装备集团有限公司"),
        ("样大", "样例大学"),
        ("样例大学(虚构)", "样例大学"),
    ],
)
def test_two_writings_of_one_unit(one: str, other: str) -> None:
    assert list(namesakes((one, other), CALL)) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南京样例软件有限公司", "苏州样例软件有限公司"),
        ("江苏大学", "样例大学"),
        ("虚构1号大学", "虚构2号大学"),
        ("数据公司", "江苏样例数据科技有限公司"),
        ("样例协会", "样例研究院"),
    ],
)
def test_two_units(one: str, other: str) -> None:
    assert list(namesakes((one, other), CALL)) == []


def test_a_short_name_that_fits_two_units_is_nobodys() -> None:
    assert list(namesakes(("南大", "南京大学", "南通大学"), CALL)) == []
    assert list(namesakes(("南大", "南京大学", "苏州大学"), CALL)) == [("南大", "南京大学")]


def test_a_unit_under_two_names_is_said_with_both() -> None:
    first, second = own(1), own(2)
    first = first.model_copy(update={"members": (Member(name="南京样例软件有限公司"),)})
    second = second.model_copy(update={"members": (Member(name="南京样例软件"),)})
    (found,) = scan([("1.docx", first), ("2.docx", second)], CALL)
    assert (found.code, found.where) == ("unit_names_differ", "三")
    assert "“南京样例软件有限公司”（1.docx）和“南京样例软件”（2.docx）" in found.message

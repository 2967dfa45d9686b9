"""Which questions ask the same: a set of pairs, none of which may hit wrongly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.answers.engine import AnswerEngine
from knowledge.answers.sameness import content, like, likened
from knowledge.call.pack import Pack
from tests.furnished import furnished

PAIRS = [json.loads(line) for line in (Path(__file__).parent / "likeness.jsonl").read_text("utf-8").splitlines()]
# A question that goes unanswered is asked once more; a wrong answer is believed.
FOUND = 0.9


@pytest.fixture(scope="module")
def desk(shipped: Pack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerEngine]:
    opened = AnswerEngine.open(shipped, furnished(tmp_path_factory.mktemp("desk")))
    yield opened
    opened.close()


def test_no_pair_hits_wrongly_and_most_of_those_that_should_are_found(desk: AnswerEngine) -> None:
    hits = [desk.weigh((one["faq"],), (one["asked"],), "nanjing").same[0] for one in PAIRS]
    wrong = [one for one, hit in zip(PAIRS, hits, strict=True) if hit and not one["hit"]]
    right = [hit for one, hit in zip(PAIRS, hits, strict=True) if one["hit"]]
    assert not wrong
    assert len(PAIRS) >= 250 and len(right) >= 100
    assert sum(right) >= FOUND * len(right)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("周末收材料吗", "请问周末能不能收材料？"),
        ("三家单位能组成联合体吗", "3家单位可以组成联合体么"),
        ("附件二谁填", "附件2由谁来填"),
        ("南京市工信局几点下班", "你们局几点下班"),
        ("申報書要雙面打印嗎", "申报书要双面打印吗"),
        ("3月30号前交算不算", "3月30日前交算吗"),
    ],
)
def test_the_manner_of_asking_is_left_aside(one: str, other: str) -> None:
    assert content(one, "南京市").same(content(other, "南京市"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("申报书要双面打印吗", "申报书可以双面打印吗"),
        ("智能体可以不开源吗", "智能体可以开源吗"),
        ("去年没评上的能报吗", "去年评上的能报吗"),
        ("3家单位能组成联合体吗", "4家单位能组成联合体吗"),
        ("培训会什么时候开", "培训会在哪里开"),
        ("周末收材料吗", "收材料吗"),
    ],
)
def test_one_word_that_matters_tells_questions_apart(one: str, other: str) -> None:
    assert not content(one).same(content(other))


def test_too_little_is_never_the_same() -> None:
    assert not content("能不能")
    assert not content("能不能").same(content("可不可以"))
    assert not content("").same(content(""))


def test_a_ruling_decides_its_open_point_however_it_is_asked_about(desk: AnswerEngine) -> None:
    ruling, asked = "成员单位不少于2家，牵头单位算在内吗", ("2家含不含牵头单位", "联合体要盖章吗", "3家含不含牵头单位")
    assert desk.weigh((ruling,), asked, ruling=True).same == (True, False, False)
    assert desk.weigh((ruling,), asked).same == (False, False, False)


def test_likeness_orders_questions_by_what_they_share() -> None:
    found = like(likened(["周末收材料吗", "周日收不收材料", "公章盖在哪里"]), "周末可以收材料吗")
    assert next(iter(found)) == 0
    assert found[0] > found[1] > found.get(2, 0.0)

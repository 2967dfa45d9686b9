"""Guidance at any question, the promise point by point, and what the applicant doesn't write."""

import pytest

from drafting.application.whole_form import lacking
from tests.conversation.talk import CALL, Talk


def at(asking: str) -> Talk:
    talk = Talk()
    talk.say("联合体名称：样例甲联合体，做任务3")
    talk.session = talk.session.but(asking=asking, consent="given")
    return talk


ITEMS = [
    "lead_name",
    "contact_phone",
    "tasks",
    "target/3",
    "members",
    "lead",
    "foundation",
    "plan/工作计划",
    "promise/1",
]


@pytest.mark.parametrize("asking", ITEMS)
@pytest.mark.parametrize("words", ["怎么填", "举个例子", "这一栏怎么写？"])
def test_every_question_is_explained_and_asked_again(asking: str, words: str) -> None:
    talk = at(asking)
    before = talk.draft
    said = talk.say(words)
    assert "这一问是" in said
    assert talk.session.asking == asking
    assert talk.draft == before
    assert not talk.asked


def test_an_example_says_that_it_is_one_and_the_clause_stands_beside_it() -> None:
    said = at("plan/工作计划").say("举个例子")
    assert "样例" in said
    assert f"原文：“{CALL.section('plan').clause}" in said
    assert "样例，请换成实数" in at("target/3").say("怎么填")


def test_the_promise_is_confirmed_point_by_point_and_only_in_plain_words() -> None:
    talk = at("promise/1")
    assert "明确说一句" in talk.say("嗯嗯")
    assert "第2条（共2条）" in talk.say("确认承诺")
    assert not talk.draft.promised
    talk.say("承诺属实，确认")
    talk.session = talk.session.but(asking="promise/2")
    talk.say("确认")
    assert talk.draft.promised
    assert "promise" not in lacking(talk.draft, CALL)


def test_a_no_begins_the_promise_anew() -> None:
    talk = at("promise/1")
    talk.say("确认承诺")
    talk.say("先不确认")
    assert talk.session.vowed == 0
    assert not talk.draft.promised


def test_where_a_point_was_confirmed_a_question_between_changes_nothing() -> None:
    talk = at("promise/1")
    talk.say("确认承诺")
    assert "第2条" in talk.say("申报书要盖几个章？")
    assert talk.session.vowed == 1


@pytest.mark.parametrize("wish", ["推荐单位意见你帮我写一段", "八、推荐单位意见：同意推荐", "推荐意见帮忙拟一下吧"])
def test_the_bureaus_opinion_is_declined_with_the_forms_words(wish: str) -> None:
    talk = at("lead_name")
    before = talk.draft
    said = talk.say(wish)
    assert "由推荐单位填写、盖章" in said
    assert "推荐单位（盖章）" in said
    assert talk.draft == before


@pytest.mark.parametrize("wish", ["承诺时间写2026年3月30日", "把公章也盖上", "盖章帮我弄一下"])
def test_seal_and_date_stay_blank(wish: str) -> None:
    talk = at("lead_name")
    before = talk.draft
    assert "留空" in talk.say(wish)
    assert talk.draft == before

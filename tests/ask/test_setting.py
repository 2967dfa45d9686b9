"""What surrounds a question: the day, the bureau, earlier questions, strange input."""

from datetime import date

import pytest

from knowledge.answers.engine import AnswerEngine


def test_before_the_deadline_nothing_is_said_about_it(desk: AnswerEngine) -> None:
    assert desk.ask("截止时间？", today=date(2026, 4, 3)).text.startswith("2026年4月3日前")


def test_after_the_deadline_that_is_said_first(desk: AnswerEngine) -> None:
    text = desk.ask("截止时间？", today=date(2026, 4, 4)).text
    assert text.startswith("2026年4月3日的报送期限已过")
    assert "推荐单位" in text


def test_the_bureaus_date_is_not_told_to_applicants_as_theirs(desk: AnswerEngine) -> None:
    answer = desk.ask("企业什么时候把申报书交给市工信局")
    assert answer.status == "not_covered"
    assert "当地" in answer.text


def test_the_bureau_that_is_asked_is_named(desk: AnswerEngine) -> None:
    assert "可向无锡市工业和信息化局核实" in desk.ask("注册资本要多少", bureau="wuxi").text


@pytest.mark.parametrize(
    ("history", "question", "wanted"),
    [
        (("任务7是必选吗",), "下一项呢", "任务8"),
        (("任务7是必选吗",), "上一项呢", "任务6"),
        (("任务9必选吗", "任务10呢"), "后者可以不做吗", "任务10"),
        (("任务9必选吗", "任务10呢"), "前者可以不做吗", "任务9"),
        (("任务15是什么",), "下一项呢", "没有"),
        (("新材料有哪些产业链",), "邮编多少", "210008"),
    ],
)
def test_a_follow_up_leans_on_what_went_before(
    history: tuple[str, ...], question: str, wanted: str, desk: AnswerEngine
) -> None:
    text = desk.ask(question, history).text
    assert wanted in text or wanted == "没有"


STRANGE = (
    "",
    "   ",
    "？？？",
    "\x00\x01",
    "a" * 20_000,
    "任务" * 10_000,
    "'; DROP TABLE passage; --",
    "<script>alert(1)</script>",
    "これは何ですか",
    "😀😀😀",
    "{x.__class__}",
    "\ud800",
    "第0项是什么",
    "任务99必选吗",
    "2026年13月45日",
)


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_strange_input_gets_a_sentence(text: str, desk: AnswerEngine) -> None:
    answer = desk.ask(text)
    assert answer.text
    assert answer.status != "answered" or "任务" in answer.text


def test_a_long_story_is_answered_by_its_question(desk: AnswerEngine) -> None:
    story = "我们公司在无锡，做了十几年传感器，去年上了数据平台，也参加过不少展会，和几所大学都有合作。" * 5
    assert "210008" in desk.ask(story + "想问一下省厅的邮编是多少？").text


def test_search_gives_passages_without_an_answer(desk: AnswerEngine) -> None:
    hits = desk.search("申报书要盖公章吗", 3)
    assert len(hits) == 3
    assert any("公章" in hit.text for hit in hits)
    assert hits[0].score >= hits[1].score > 0
    assert desk.search("吗呢的了", 3) == ()

"""The golden questions of the shipped call, and further ones of every kind."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.answers.engine import AnswerEngine
from knowledge.answers.golden import Golden, read, short_of
from knowledge.answers.soundness import check
from knowledge.call.pack import DEFAULT, Pack, squeeze

GOLDEN = [one for one in read(DEFAULT / "golden.jsonl") if isinstance(one, Golden)]
FURTHER = [one for one in read(Path(__file__).parent / "questions.jsonl") if isinstance(one, Golden)]
STRANGERS = [one for one in read(Path(__file__).parent / "strangers.jsonl") if isinstance(one, Golden)]
LEAST, TODAY = 0.97, date(2026, 11, 22)


@pytest.mark.parametrize("one", GOLDEN, ids=lambda one: one.id)
def test_a_golden_question_is_answered_right(one: Golden, desk: AnswerEngine) -> None:
    assert short_of(one, desk.ask(one.q, one.history)) == []


def test_nearly_all_further_questions_are_answered_right(desk: AnswerEngine) -> None:
    wrong = [(one.q, found) for one in FURTHER if (found := short_of(one, desk.ask(one.q, one.history)))]
    assert len(wrong) <= (1 - LEAST) * len(FURTHER), wrong


def test_no_question_is_invented_for(desk: AnswerEngine) -> None:
    silent = [one for one in FURTHER if one.kind in ("unanswerable", "offtopic", "injection")]
    assert [one.q for one in silent if desk.ask(one.q, one.history).status == "answered"] == []


def test_every_quote_stands_in_the_notice(desk: AnswerEngine, shipped: Pack) -> None:
    source = squeeze(shipped.notice)
    answers = [desk.ask(one.q, one.history) for one in (*GOLDEN, *FURTHER)]
    quotes = [citation.quote for answer in answers for citation in answer.citations]
    assert quotes
    assert [quote for quote in quotes if squeeze(quote) not in source] == []


def test_nearly_all_questions_of_people_who_never_saw_the_program_are_answered_right(desk: AnswerEngine) -> None:
    answers = ((one, desk.ask(one.q, one.history, one.today or TODAY)) for one in STRANGERS)
    wrong = [(one.q, found) for one, given in answers if (found := short_of(one, given))]
    assert len(STRANGERS) > 1000
    assert len(wrong) <= (1 - LEAST) * len(STRANGERS), wrong


def test_a_short_of_answer_is_told(desk: AnswerEngine) -> None:
    wanted = Golden(
        id="x", kind="fact", q="截止时间？", says=(("5月",),), never=("4月",), cites=("附件3",), status=("declined",)
    )
    assert len(short_of(wanted, desk.ask(wanted.q))) == 4


def test_the_packs_are_sound(shipped: Pack, invented: Pack) -> None:
    assert check(shipped) == []
    assert check(invented) == []


def test_an_unsound_register_is_told(shipped: Pack, tmp_path: Path) -> None:
    (tmp_path / "register.toml").write_text(
        '[[cards]]\nid = "x"\nwhen = ["没有的词"]\ndo = "none"\nquote = ["没有这段"]\n', "utf-8"
    )
    (tmp_path / "words.toml").write_text('[tasks]\n99 = "词"\n', "utf-8")
    (tmp_path / "golden.jsonl").write_text(
        '{"id": 1}\n{"id":"a","kind":"fact","q":"?","status":["answered"],"cites":["无"]}\n', "utf-8"
    )
    assert len(check(Pack(tmp_path, shipped.call, shipped.notice))) == 6


def test_a_register_that_is_no_toml_is_told(shipped: Pack, tmp_path: Path) -> None:
    (tmp_path / "register.toml").write_text("[[cards", "utf-8")
    assert len(check(Pack(tmp_path, shipped.call, shipped.notice))) == 1

"""Thanks and greetings after a question are no question: what was asked before is not answered again."""

import pytest

from knowledge.answers.engine import AnswerEngine

BEFORE = ("能不能报两个联合体", "任务5是必选吗", "什么时候截止")


@pytest.mark.parametrize("said", ["谢谢", "好的，谢谢", "明白了", "嗯嗯", "知道了，多谢老师", "辛苦啦", "OK"])
@pytest.mark.parametrize("before", BEFORE)
def test_thanks_are_thanks(said: str, before: str, desk: AnswerEngine) -> None:
    assert desk.ask(said, history=[before]).text.startswith("不客气")


@pytest.mark.parametrize("before", BEFORE)
def test_a_greeting_is_a_greeting(before: str, desk: AnswerEngine) -> None:
    assert desk.ask("你好", history=[before]).text.startswith("您好")


def test_what_leans_still_leans_and_what_asks_still_asks(desk: AnswerEngine) -> None:
    assert "任务6" in desk.ask("那任务6呢", history=["任务5是必选吗"]).text
    assert "2026年4月3日" in desk.ask("好的，申报材料什么时候截止", history=["任务5是必选吗"]).text


def test_which_of_all_leans_on_nothing(desk: AnswerEngine) -> None:
    assert "任务12" in desk.ask("哪些任务要填量化目标", history=["任务5是必选吗"]).text
    assert "法人" in desk.ask("分公司能牵头吗", history=["已有工作基础写多少字", "有资金支持吗"]).text


@pytest.mark.parametrize(
    "said",
    ["算了不问了", "催一下我的问题", "忘了我", "到时候叫我一声", "不要再发了", "改错了 换回原来的", "审核通过了吗"],
)
@pytest.mark.parametrize("before", ["你是机器人吗", "省外高校能参加吗", "任务5是必选吗"])
def test_what_says_nothing_of_the_notice_repeats_no_answer(desk: AnswerEngine, said: str, before: str) -> None:
    told = desk.ask(said, history=[before])
    assert told.status != "answered" and told.text == desk.ask(said).text


@pytest.mark.parametrize("said", ["要吗", "为什么", "那企业呢", "多少", "可以吗", "怎么填"])
def test_a_few_words_that_ask_still_lean(desk: AnswerEngine, said: str) -> None:
    assert desk.ask(said, history=["省外高校能参加吗"]).text != desk.ask(said).text or said == "为什么"

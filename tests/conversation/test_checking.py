"""The bureau's checks asked for in the conversation, on one's own draft."""

from __future__ import annotations

import pytest

from tests.conversation.talk import Talk

BUDGET = "五、实施方案：项目概算500万元，其中设备200万元，人工200万元。"


@pytest.mark.parametrize("ask", ["检查", "帮我检查一下", "查一下有没有问题", "核对一遍申报书", "看看有没有错"])
def test_what_is_wrong_is_told_with_its_place_and_how_to_mend_it(ask: str) -> None:
    talk = Talk()
    talk.say("写申报书")
    talk.say(BUDGET)
    told = talk.say(ask)
    assert "查出1处" in told and "五/概算" in told and "核对总额和分项" in told
    assert "还缺" in told and talk.asked == []


def test_a_draft_hardly_begun_is_not_scolded_for_what_is_to_come() -> None:
    talk = Talk()
    talk.say("写申报书")
    talk.say("专利12个")
    told = talk.say("检查")
    assert "没有查出问题" in told and "须改" not in told and "还缺" in told


def test_without_a_draft_there_is_nothing_to_check() -> None:
    assert "还没有开始" in Talk().say("检查一下")


def test_an_export_names_what_must_be_mended() -> None:
    talk = Talk()
    talk.say("写申报书")
    assert "须改" not in talk.say("导出")
    talk.say(BUDGET)
    assert "须改 五/概算" in talk.say("导出")
    assert talk.files == 2


def test_what_is_wrong_in_prose_is_said_as_it_comes_and_only_once() -> None:
    talk = Talk()
    talk.say("写申报书")
    told = talk.say("五、实施方案，工作计划：2026年1月至4月盘点数据；2027年7月至9月总结验收。")
    assert "已记：实施方案" in told and "要改一处" in told and "2027年7月" in told
    assert "要改一处" not in talk.say("五、实施方案，保障措施：成立专班，每周开会，责任到人。")
    assert "要改一处" not in talk.say("专利12个")

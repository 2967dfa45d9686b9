"""An answer that lies is caught before it is sent."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answers.answer import Answer, Citation
from knowledge.answers.verify import Vouchers, unsupported
from knowledge.call.definition import Call
from knowledge.call.pack import Pack, squeeze

CITED = (Citation("通知", "通知·四（一）", "各设区市推荐联合体数量不超过10个。"),)


@pytest.fixture
def vouchers(shipped: Pack) -> Vouchers:
    return Vouchers(squeeze(shipped.notice), shipped.call)


@pytest.mark.parametrize(
    "text",
    [
        "最多推荐12个。",
        "截止到2026年5月1日。",
        "每个项目补助300万元。",
        "每个项目补助三百万元。",
        "邮箱是 someone@example.com。",
        "在 https://example.com 填报。",
        "由南京某某大学负责。",
        "见《某某管理办法》。",
        "任务16是必选。",
        "联系电话 025-12345678。",
        "成员最多5家。",
    ],
)
def test_a_lie_is_caught(text: str, vouchers: Vouchers) -> None:
    assert unsupported(Answer(text, "answered", CITED), vouchers) != []


@pytest.mark.parametrize("text", ["不超过10个。", "任务1、3是必选。", "可以。", "见《推荐汇总表》。"])
def test_what_is_cited_passes(text: str, vouchers: Vouchers) -> None:
    assert unsupported(Answer(text, "answered", CITED), vouchers) == []


def test_what_was_reckoned_said_or_is_today_passes(vouchers: Vouchers) -> None:
    answer = Answer("您说的12家超过限额，共8项，今天是2026年4月5日。", "answered", CITED)
    assert unsupported(answer, vouchers) != []
    known = replace(vouchers, computed={"count": "8"}, said=("12家行吗",), today=date(2026, 4, 5))
    assert unsupported(answer, known) == []


def test_a_quote_that_no_source_says_is_caught(vouchers: Vouchers, call: Call) -> None:
    forged = Answer("可以。", "answered", (Citation("通知", "通知·一", "各设区市推荐联合体数量不超过100个。"),))
    assert unsupported(forged, vouchers) != []
    assert unsupported(replace(forged, citations=(Citation("通知", "通知·一", " "),)), vouchers) != []
    assert call.consortium.quota == 10

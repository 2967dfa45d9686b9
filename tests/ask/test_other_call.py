"""The invented call goes through the same code: nothing of the shipped call may come out."""

import pytest

from knowledge.answers.engine import AnswerEngine
from knowledge.call.pack import Pack, squeeze

ASKED = [
    ("截止时间是哪天", "2031年1月20日"),
    ("材料寄到哪里", "麦浪路8号"),
    ("邮箱是多少", "zhny@example.org"),
    ("打什么电话咨询", "0999-80001001"),
    ("试点期多久", "12个月"),
    ("牵头单位有什么条件", "云溪省"),
    ("参与单位最少几家", "3家"),
    ("参与单位最多几家", "6家"),
    ("8家参与单位可以吗", "超了"),
    ("分社能牵头吗", "不可以"),
    ("农业企业可以参加吗", "可以"),
    ("一个市能推荐几个", "4个"),
    ("必做任务有哪些", "任务3采集规程、任务4病虫害识别模型"),
    ("选做任务有几项", "4项"),
    ("带*的任务有哪几个", "任务5水肥智能控制、任务7农户服务"),
    ("任务5要填什么数", "应用智能控制的面积（单位：亩）"),
    ("任务6是必做吗", "选做"),
    ("任务6要填数吗", "不需要"),
    ("数据量用什么单位", "条/张/GB"),
    ("只做必做的要填几个指标", "4个"),
    ("蜜桃属于哪个产业类别", "水果"),
    ("茶叶有哪些主导品种", "绿茶、白茶、花茶"),
    ("申报表分几部分", "6个"),
    ("建设思路写多少字", "800字"),
    ("不承担的任务怎么填", "“否”"),
    ("农户服务是第几项", "任务7"),
    ("青禾市的合作社牵头，推荐单位写什么", "青禾市农业农村局"),
    ("一家能报吗", "不可以"),
]
FOREIGN = ("江苏", "联合体", "设区市", "工信", "邮寄", "必选", "可选", "集群", "产业链", "√", "1650", "025-")


@pytest.mark.parametrize(("question", "wanted"), ASKED)
def test_the_invented_call_is_answered_from_its_own_pack(question: str, wanted: str, other_desk: AnswerEngine) -> None:
    answer = other_desk.ask(question)
    assert answer.status == "answered"
    assert wanted in answer.text
    assert not any(word in answer.text for word in FOREIGN)
    assert answer.citations


def test_its_quotes_stand_in_its_notice(other_desk: AnswerEngine, invented: Pack) -> None:
    source = squeeze(invented.notice)
    quotes = [one.quote for question, _ in ASKED for one in other_desk.ask(question).citations]
    assert [quote for quote in quotes if squeeze(quote) not in source] == []


@pytest.mark.parametrize("question", ["能补助多少钱", "结果什么时候公示", "评审怎么打分", "报名费多少"])
def test_its_silence_is_told(question: str, other_desk: AnswerEngine) -> None:
    answer = other_desk.ask(question)
    assert answer.status == "not_covered"
    assert "没有写" in answer.text


def test_no_sentence_holds_words_of_the_shipped_call(other_desk: AnswerEngine) -> None:
    known = other_desk._known
    sentences = [
        (card.id, text)
        for card in known.deck.cards
        for text in ([card.say] if isinstance(card.say, str) else card.say.values())
    ]
    values = {key: value for key, value in known.values.items() if not any(word in value for word in FOREIGN)}
    assert sentences and values == known.values
    assert [(card, text) for card, text in sentences if any(word in text for word in FOREIGN)] == []

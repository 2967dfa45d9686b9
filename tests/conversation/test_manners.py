"""How people speak: openings, commands among other words, small talk, several things in one message."""

import pytest

from tests.conversation.talk import Talk


@pytest.mark.parametrize(
    "opening",
    [
        "报样例先行先试，泰州的，开始",
        "您好，第一次弄这个，老板让我把申报书弄出来，您教教我，一步一步来",
        "我们想申报这个项目",
        "帮我把申请表填一下吧，谢谢",
        "我是扬州一家厂的，准备报名，您看着带我弄",
    ],
)
def test_whoever_says_what_they_came_for_gets_the_form(opening: str) -> None:
    talk = Talk()
    assert "联合体叫什么名字" in talk.say(opening)
    assert talk.session.phase == "filling"
    assert not talk.draft.fields
    assert not talk.asked


def test_facts_in_an_opening_are_kept() -> None:
    talk = Talk()
    talk.say("我们想申报，牵头单位是泰州样例制药有限公司")
    assert talk.draft.fields == {"lead_name": "泰州样例制药有限公司"}


@pytest.mark.parametrize("question", ["申报书怎么填？", "我们能不能申报", "想报名要什么条件"])
def test_a_question_about_applying_is_answered_and_opens_nothing(question: str) -> None:
    talk = Talk()
    talk.say(question)
    assert talk.asked == [question]
    assert talk.session.phase == "idle"


@pytest.mark.parametrize(
    "order",
    [
        "嗯，对，导出",
        "导出，辛苦了",
        "好的没问题，麻烦生成Word文件发我",
        "我都核对过了，定稿，给我出个word",
        "可以了可以了，打印版申报书生成一下吧",
        "就这样，没什么要改的，导出申报书吧",
    ],
)
def test_a_file_is_made_however_it_is_asked_for(order: str) -> None:
    talk = Talk()
    talk.say("联合体名称：样例甲联合体")
    before = talk.draft
    talk.say(order)
    assert talk.files == 1
    assert talk.draft == before


def test_a_fact_before_the_order_is_in_the_file() -> None:
    talk = Talk()
    talk.say("联合体名称：样例甲联合体")
    talk.say("项目名称改成样例乙项目，导出")
    assert talk.draft.fields["project_name"] == "样例乙项目"
    assert talk.files == 1


@pytest.mark.parametrize("order", ["先别导出", "不用导出", "导出的文件交几份？"])
def test_what_is_no_order_makes_no_file(order: str) -> None:
    talk = Talk()
    talk.say("联合体名称：样例甲联合体")
    talk.say(order)
    assert talk.files == 0


@pytest.mark.parametrize(
    "words",
    [
        "看看全部",
        "全部给我看一遍吧",
        "好的知道了",
        "辛苦了",
        "明白，谢谢",
        "稍等",
        "等一下",
        "嗯嗯",
        "我再想想吧",
        "就这些，没有了",
    ],
)
@pytest.mark.parametrize("asking", ["contact_name", "contact_title", "project_name", "members", "foundation"])
def test_commands_and_small_talk_never_become_values(words: str, asking: str) -> None:
    talk = Talk()
    talk.say("写申报书")
    talk.session = talk.session.but(asking=asking, consent="given")
    before = talk.draft
    assert talk.say(words)
    assert talk.draft == before
    assert not talk.asked


def test_a_statement_is_acknowledged_and_the_question_asked_again() -> None:
    talk = Talk()
    talk.say("联合体名称：样例甲联合体")
    said = talk.say("我们内部还要讨论讨论，老总出差了")
    assert "填好的没有变" in said
    assert "项目叫什么名字" in said
    assert not talk.asked


def test_several_things_in_one_long_message_are_each_put_down_and_the_question_answered() -> None:
    talk = Talk()
    talk.say(
        "联合体名称：样例甲联合体\n项目名称：样例乙项目\n牵头单位：泰州样例制药有限公司\n\n"
        "任务目标：专利5个，登记数据集3个\n\n"
        "四、已有工作基础：\n数据资源：已汇聚样例数据20TB\n数据标准：参与行业标准2项\n\n"
        "申报书要盖几个章？\n\n"
        "五、实施方案：\n【工作计划】\n2026年7月至12月：建库\n2026年1月至6月：采数\n"
    )
    assert talk.draft.fields["lead_name"] == "泰州样例制药有限公司"
    assert set(talk.draft.tasks) == {3, 8}
    assert [point.aspect for point in talk.draft.points["foundation"]] == ["数据资源", "数据标准"]
    assert len(talk.draft.points["plan"]) == 2
    assert talk.asked == ["申报书要盖几个章？"]


def test_what_was_not_understood_is_named_and_the_rest_counts() -> None:
    talk = Talk()
    said = talk.say(
        "联合体名称：样例甲联合体\n项目名称：样例乙项目\n\n样例指数按去年口径再乘系数\n\n推荐单位：泰州市工业和信息化局"
    )
    assert talk.draft.fields["recommender"] == "泰州市工业和信息化局"
    assert "没看懂：样例指数按去年口径再乘系数" in said


def test_a_fact_with_a_question_behind_it_is_recorded_and_the_question_answered() -> None:
    talk = Talk()
    talk.say("写申报书")
    talk.say("专利先填6个，授权的算不算？")
    assert talk.draft.tasks[3].targets[0].value == 6
    assert talk.asked == ["授权的算不算？"]


def test_a_question_about_the_statement_before_it_records_nothing() -> None:
    talk = Talk()
    talk.say("写申报书")
    talk.say("专利先填6个，可以吗？")
    assert not talk.draft.tasks


def test_a_promise_before_it_is_asked_for_shows_its_points() -> None:
    talk = Talk()
    talk.say("写申报书")
    assert "第1条" in talk.say("承诺书的内容领导看过了，都属实，确认") or talk.session.asking.startswith("promise/")
    assert not talk.draft.promised


def test_what_was_checked_before_an_export_is_no_answer_to_the_open_question() -> None:
    talk = Talk()
    talk.say("写申报书")
    talk.say("联合体叫样例联合体，项目叫样例项目")
    talk.session = talk.session.but(asking="lead_name")
    talk.say("核对完毕，导出Word文件。")
    assert talk.files == 1
    assert "lead_name" not in talk.draft.fields


def test_ticks_are_no_profile_although_one_was_asked_for() -> None:
    talk = Talk()
    talk.say("写申报书")
    talk.session = talk.session.but(asking="lead_profile")
    talk.say("任务方面，除2、10、15三项打叉之外，其余各项一律打勾。")
    assert "lead_profile" not in talk.draft.fields
    assert [number for number, one in talk.draft.tasks.items() if not one.selected] == [2, 10, 15]


def test_a_file_that_is_to_be_issued_is_nobody_to_be_removed() -> None:
    talk = Talk()
    talk.say("写申报书")
    talk.say("联合体叫样例联合体")
    talk.session = talk.session.but(asking="promise/1")
    talk.say("经核无误，请出具Word版申报书。")
    assert talk.files == 1
    assert not talk.session.vowed

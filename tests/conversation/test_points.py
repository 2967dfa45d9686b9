"""A section worked on point by point, without a model: shown, struck, changed, moved, each taken back by one undo."""

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.form.draft import Draft, Point
from drafting.narrative.compose import written
from drafting.narrative.grounded import numbers, strange
from drafting.narrative.judged import Basis, judged
from drafting.narrative.numbered_points import entries, moved, replaced, swapped, under, without
from drafting.narrative.points import adopted, facts
from tests.conversation.talk import CALL, Talk
from tests.conversation.test_sections import PROSE, SAID

PLAN = CALL.section("plan")
TOLD = """五、实施方案：
【实施路径】
先采样例图像30万张，再建库
【工作计划】
2026年1月至6月：采数
2026年7月至12月：建库
【保障措施】
专班6人，由副总牵头
每周开例会"""


def told() -> Talk:
    talk = Talk()
    talk.say("写申报书")
    talk.say(TOLD)
    return talk


def texts(talk: Talk) -> list[str]:
    return [one.text for one in entries(talk.draft, PLAN)]


def test_the_points_are_shown_numbered_under_their_aspects() -> None:
    said = told().say("看第五部分")
    assert "【保障措施】\n4. 专班6人，由副总牵头\n5. 每周开例会" in said


def test_a_point_goes_by_its_number_and_comes_back_with_one_undo() -> None:
    talk = told()
    before = talk.draft
    assert "已去掉：2026年7月至12月：建库" in talk.say("第五部分第3点不要了")
    assert "2026年7月" not in "".join(talk.section("plan"))
    talk.say("撤销")
    assert talk.draft == before
    assert "已去掉：专班6人，由副总牵头；每周开例会" in talk.say("删掉第4点和第5点")


def test_a_number_may_count_within_the_aspect_that_is_named() -> None:
    talk = told()
    assert "已去掉：每周开例会" in talk.say("保障措施第2条删掉")
    assert "已去掉：专班6人" in talk.say("保障措施第4点删掉")
    assert "没有这一点" in talk.say("保障措施第1点删掉")


def test_a_point_is_changed_and_moved() -> None:
    talk = told()
    assert "采数 → 2026年1月至5月：采数" in talk.say("第2点改成：2026年1月至5月：采数")
    talk.say("第5点移到第4点前面")
    assert texts(talk)[3:] == ["每周开例会", "专班6人，由副总牵头"]
    talk.say("第1点放到保障措施里")
    assert texts(talk)[-1] == "先采样例图像30万张，再建库"
    assert "按时间先后" in talk.say("第1点移到第2点后面")


def test_two_points_change_places_and_come_back_with_one_undo() -> None:
    talk = told()
    before = texts(talk)
    assert "已调整" in talk.say("第4点和第5点换一下")
    assert texts(talk) == [*before[:3], before[4], before[3]]
    talk.say("撤销")
    assert texts(talk) == before
    talk.say("把第五部分第1点跟第4点对调")
    assert texts(talk)[0] == before[3]
    assert texts(talk)[3] == before[0]


def test_paragraphs_of_prose_change_places_but_never_with_a_point() -> None:
    draft = Draft(texts={"plan": ("甲段。", "乙段。")}, points={"plan": (Point(text="丙点", aspect="保障措施"),)})
    assert [one.text for one in entries(swapped(draft, PLAN, 1, 2), PLAN)] == ["乙段。", "甲段。", "丙点"]
    assert swapped(draft, PLAN, 1, 3) == draft


def test_a_swap_with_itself_or_with_nothing_changes_nothing() -> None:
    talk = told()
    before = talk.draft
    talk.say("第4点和第9点换一下")
    talk.say("第4点和第4点换一下")
    assert talk.draft == before


def test_a_number_that_does_not_exist_changes_nothing() -> None:
    talk = told()
    before = talk.draft
    for text in ("第9点不要了", "第0点不要了", "第9点改成：每月开会", "第1点移到第9点前面"):
        assert "没有这一点，现在共5点" in talk.say(text)
    assert talk.draft == before


def test_paragraphs_of_pasted_prose_have_numbers_too() -> None:
    talk = Talk()
    talk.say("写申报书")
    talk.say(f"四、已有工作基础：\n{PROSE}\n另外再说一句：{PROSE}")
    assert "2. 另外再说一句" in talk.say("看第四部分")
    talk.say("第四部分第2点不要了")
    assert talk.section("foundation") == (PROSE,)


def test_without_points_a_task_may_be_meant() -> None:
    talk = Talk()
    talk.say("写申报书")
    assert "没有这一点" not in talk.say("第3点不要了")


def test_without_a_model_words_on_length_are_honest() -> None:
    talk = told()
    assert "还差" in talk.say("写长一点")
    said = talk.say("扩写第五部分")
    assert "项目概算：总投入多少" in said
    said = talk.say("写短一点")
    assert "4. 专班6人，由副总牵头（10字）" in said
    assert "不要了" in said
    assert "没有大模型" in talk.say("润色一下")
    assert "1．专班6人，由副总牵头。" in talk.say("帮我写第五部分")
    assert "还没有内容" in talk.say("帮我写第六部分")
    assert talk.session.asking.startswith("benefit")


def test_before_a_draft_there_is_nothing_to_word() -> None:
    assert "已存好" in (talk := told()).say("退出")
    assert "先放着" in talk.say("润色一下")


def test_an_unread_message_is_named_and_so_is_a_dropped_clause() -> None:
    talk = told()
    talk.session = talk.session.but(asking="tasks")
    assert "没看懂：“算力租赁费用另外走账”，这里没有记。" in talk.say("集群选半导体，算力租赁费用另外走账")
    assert "没看懂" not in talk.say("专利5个，谢谢老师")


# ---------------------------------------------------------------- nothing said is lost
def test_prose_pasted_behind_a_wording_keeps_what_was_said_since() -> None:
    talk = told()
    lines = tuple(one.text for one in facts(talk.draft, PLAN))
    talk.session = talk.session.changed(adopted(talk.draft, PLAN, lines))
    talk.say("保障措施再加一条：每月向主管部门报送进展")
    talk.say(f"五、实施方案：\n{PROSE}")
    text = "".join(talk.section("plan"))
    assert all(one in text for one in (*lines, "报送进展", PROSE))


def values(draft: Draft) -> set[object]:
    return {value for one in facts(draft, PLAN) for _, value, _ in numbers(one.text)}


@settings(max_examples=40, deadline=None)
@given(SAID, st.text(alphabet="采建数据集平台登记30万6。，\n（一）实施路径", max_size=300))
def test_adopting_a_wording_never_loses_a_number_that_was_said(said: list[Point], text: str) -> None:
    draft = Draft(points={"plan": tuple(said)})
    found = judged(text, Basis(PLAN, facts(draft, PLAN), "", "", 5000))
    lines = found.lines or tuple(one.text for one in said)
    after = adopted(draft, PLAN, lines)
    whole = "\n".join(written(PLAN, after, CALL))
    assert values(draft) <= {value for _, value, _ in numbers(whole)}
    assert [one.text for one in facts(after, PLAN)] == [one.text for one in facts(draft, PLAN)]
    assert Draft.model_validate_json(after.model_dump_json()) == after


@settings(max_examples=40, deadline=None)
@given(SAID, st.integers(1, 9), st.integers(1, 9))
def test_every_change_by_number_keeps_all_the_other_points(said: list[Point], number: int, to: int) -> None:
    draft = Draft(points={"plan": tuple(said)})
    there = [one.text for one in entries(draft, PLAN)]
    at, place = (number - 1) % len(there) + 1, (to - 1) % len(there) + 1
    left = [one.text for one in entries(without(draft, PLAN, (at,)), PLAN)]
    assert sorted([*left, there[at - 1]]) == sorted(there)
    assert sorted(one.text for one in entries(moved(draft, PLAN, at, place), PLAN)) == sorted(there)
    assert sorted(one.text for one in entries(under(draft, PLAN, at, "保障措施"), PLAN)) == sorted(there)
    changed = [one.text for one in entries(replaced(draft, PLAN, at, "新的一条"), PLAN)]
    assert sorted(changed) == sorted([*left, "新的一条"])


TEMPLATES = st.sampled_from([
    "样例图像{n}张。", "专班{n}人，由副总牵头。", "准确率达到{n}%。", "{n}年{m}月完成建库。", "20{m}年建库。", "投入{n}万元用于采数。", "每{m}天开例会。",
    "第{m}季度采数。", "由张{w}教授牵头专班。", "{w}科技有限公司参与建库。", "获得{w}奖。", "采用{l}-{m}模型建库。", "在“{w}平台”上采数。", "达到国内领先。",
])  # fmt: skip
LIE = st.builds(
    lambda text, n, m, w, latin: text.format(n=n, m=m, w=w, l=latin),
    TEMPLATES,
    st.integers(2, 99999),
    st.integers(2, 99),
    st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=4),
    st.text("QWXZ", min_size=2, max_size=4),
)
TRUE = st.sampled_from(
    ["先采样例图像30万张，再建库。", "组建6人专班，由副总牵头。", "每周召开例会。", "2026年1月至6月采数。"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(LIE, TRUE), min_size=1, max_size=12), st.booleans())
def test_nothing_a_lying_model_invents_is_in_what_can_be_adopted(said: list[str], lines: bool) -> None:
    draft = told().draft
    basis = Basis(PLAN, facts(draft, PLAN), "", "", 5000)
    found = judged(("\n" if lines else "").join(said), basis)
    for line in found.lines:
        assert strange(line, basis.said) == ()
    assert not {value for _, value, _ in numbers("\n".join(found.lines))} - VALUES


VALUES = {value for one in TOLD.split("\n") for _, value, _ in numbers(one)} | {1, 2, 3, 4}


def test_a_stage_of_the_plan_gets_another_date() -> None:
    talk = told()
    assert "2026年7月至2026年11月：建库" in talk.say("第二阶段改到2026年11月")
    assert "2026年7月至2026年12月：建库" in talk.say("把第二阶段的时间延到12月底")
    assert "2026年2月至2026年5月：采数" in talk.say("第一阶段调整为2月至5月")
    assert "没找到第3阶段" in talk.say("第三阶段改到2026年12月")
    assert "没找到第2阶段" in talk.say("第二阶段改到2026年3月")


def test_a_stage_inside_pasted_prose_gets_another_date() -> None:
    talk = Talk()
    talk.say("写申报书")
    prose = "项目分三步推进。第一阶段（2026年1月—2026年6月）完成数据采集。第二阶段（2026年7月—2026年10月）完成建库。"
    talk.say(
        "五、实施方案：\n"
        + prose
        + "第三阶段（2026年11月—2027年6月）完成推广应用，并由样例协会组织总结验收工作，形成可复制的样例经验。"
    )
    talk.say("第二阶段改到2026年12月")
    text = "".join(talk.section("plan"))
    assert "第二阶段（2026年7月—2026年12月）完成建库" in text
    assert "第一阶段（2026年1月—2026年6月）" in text
    assert "第三阶段（2026年11月—2027年6月）" in text

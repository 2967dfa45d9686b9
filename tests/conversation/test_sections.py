"""Narrative sections: told in any order, kept as facts, put into words that hold each of them and nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from drafting.application.whole_form import check, form_of
from drafting.form.draft import Draft, Point
from drafting.narrative.compose import composed, gauge
from drafting.narrative.grounded import grounds, strange
from knowledge.call import pack
from tests.conversation.talk import CALL, Talk

PLAN = CALL.section("plan")
YUNXI = pack.load(pack.DEFAULT.parents[2] / "tests" / "calls" / "yunxi_2031").call


def begun() -> Talk:
    talk = Talk()
    talk.say("写申报书")
    return talk


def test_the_second_half_may_come_before_the_first() -> None:
    talk = begun()
    talk.say("实施方案的后一半\n【项目概算】\n总投入310万元\n【保障措施】\n每月开例会")
    talk.say("实施方案的前一半\n【实施路径】\n先采样例数据\n【工作计划】\n2027年1月至6月：验收\n2026年1月至6月：建库")
    text = talk.section("plan")
    order = [text.index(next(one for one in text if word in one)) for word in ("先采", "建库", "验收", "310", "例会")]
    assert order == sorted(order)


def test_later_facts_add_a_replacement_replaces_and_undo_takes_back() -> None:
    talk = begun()
    talk.say("五、实施方案：\n【保障措施】\n专班6人\n【项目概算】\n总投入80万元")
    talk.say("保障措施再加一条：每周开例会")
    assert [one.text for one in talk.draft.points["plan"]] == ["专班6人", "总投入80万元", "每周开例会"]
    talk.say("保障措施改成：专班9人，由副总负责")
    assert [one.text for one in talk.draft.points["plan"]] == ["总投入80万元", "专班9人，由副总负责"]
    talk.say("撤销")
    assert "专班6人" in "".join(talk.section("plan"))


def test_the_same_line_twice_stands_once() -> None:
    talk = begun()
    for _ in range(2):
        talk.say("四、已有工作基础：\n数据资源：样例数据20TB\n数据标准：行业标准2项")
    assert len(talk.draft.points["foundation"]) == 2


PROSE = "样例联合体已建成覆盖生产全过程的数据资源体系，汇聚了多年积累的运行记录和检测记录，并持续更新。" * 2
MORE = "在标准方面，各成员共同起草了若干内部规范，组织了宣贯培训，并在两个车间开展了试点应用，效果明显。" * 2


def test_finished_prose_is_taken_as_it_is_and_two_parts_are_joined() -> None:
    talk = begun()
    talk.say(f"已有工作基础后半段：\n{MORE}")
    talk.say(f"已有工作基础前半段：\n{PROSE}")
    assert talk.section("foundation") == (PROSE, MORE)


def test_a_new_version_of_the_prose_takes_the_place_of_the_old() -> None:
    talk = begun()
    talk.say(f"四、已有工作基础：\n{PROSE}")
    talk.say(f"四、已有工作基础：\n{PROSE}另有新增平台1个。")
    assert talk.section("foundation") == (f"{PROSE}另有新增平台1个。",)


def test_the_reply_says_how_long_it_is_and_what_is_missing() -> None:
    talk = begun()
    said = talk.say("五、实施方案：\n【工作计划】\n2026年1月至6月：采数")
    assert "（要求2000字左右）" in said
    assert "还没说到：实施路径（" in said
    assert "【待补充：项目概算】" in talk.say("预览")
    assert "待补充" not in "".join(talk.section("plan"))


def test_one_aspect_after_the_other_when_it_is_told_so() -> None:
    talk = begun()
    talk.session = talk.session.but(asking="foundation")
    assert "数据技术：有哪些" in talk.say("样例图像20万张，都汇聚在总部")
    assert "数据标准：" in talk.say("自研样例工具2套")
    assert "高质量数据集：" in talk.say("跳过")
    said = talk.say("样例识别集3个")
    assert "数据基础设施：" in said
    assert [one.aspect for one in talk.draft.points["foundation"]] == ["数据资源", "数据技术", "高质量数据集"]
    talk.say("跳过")
    assert talk.session.asking == "consortium_name"


def test_points_without_headings_find_their_aspect_by_their_words() -> None:
    talk = begun()
    talk.say("六的要点\n- 谁出数据谁分成\n- 每批检测缩短2小时\n- 样例园区都认可")
    assert [one.aspect for one in talk.draft.points["benefit"]] == ["模式创新性", "经济社会效益", ""]


def test_another_call_has_its_own_sections() -> None:
    talk = Talk(call=YUNXI)
    talk.say("试点名称：样例试点")
    talk.say("进度和经费：\n【经费测算】\n总额50万元\n【进度安排】\n2031年3月至8月：登记地块")
    assert [one.split("。")[0][:7] for one in talk.section("schedule")] == ["（一）进度安排", "（二）经费测算"]


# ---------------------------------------------------------------- what may stand in a composed text
WORDS = st.text("采建数据集平台登记验收图像人员每周", min_size=1, max_size=12)
LINES = st.builds(lambda a, n, b: f"{a}{n}{b}", WORDS, st.integers(1, 90000), WORDS)
SAID = st.lists(
    st.builds(Point, text=LINES, aspect=st.sampled_from(["", *(one.name for one in PLAN.aspects)])), min_size=1
)


@settings(max_examples=60, deadline=None)
@given(SAID)
def test_every_fact_is_in_the_text_and_nothing_that_was_not_said(said: list[Point]) -> None:
    draft = Draft(points={"plan": tuple(said)})
    text = "\n".join(composed(PLAN, draft, CALL))
    assert all(point.text in text for point in said)
    assert strange(text, grounds(draft, CALL)) == ()
    assert Draft.model_validate_json(draft.model_dump_json()) == draft


def test_a_number_a_date_or_a_name_nobody_said_is_found() -> None:
    said = "2026年1月至6月采数，样例图像30万张，专班6人，泰州样例软件有限公司参与"
    assert strange("（一）样例。\n2026年1月采数300000张，六人，泰州样例软件有限公司。", said) == ()
    assert strange("图像31万张", said) == ("31万",)
    assert strange("2026年9月验收", said) == ("2026年9月",)
    assert "南京样例科技有限公司" in strange("由南京样例科技有限公司承担", said)[0]
    assert strange("投入七人", said) == ("七",)


def test_targets_open_the_plan_and_follow_every_change() -> None:
    talk = begun()
    talk.say("专利5个，登记3个")
    talk.say("五、实施方案：\n【工作计划】\n2026年1月至6月：采数")
    talk.say("专利改成8个")
    text = "".join(talk.section("plan"))
    assert "新增申请发明专利数8个" in text
    assert "5个" not in text
    findings = check(form_of(talk.draft, CALL), CALL)
    assert not [
        one for one in findings if one.code in ("number_contradiction", "placeholder_left", "date_out_of_range")
    ]


def test_thin_aspects_are_measured_by_their_share() -> None:
    draft = Draft(points={"plan": (Point(text="采数", aspect="实施路径"), Point(text="数" * 200, aspect="项目概算"))})
    there = gauge(PLAN, draft, CALL)
    assert [one.name for one in there.missing] == ["工作计划", "保障措施"]
    assert [one.name for one in there.thin] == ["实施路径"]
    assert there.short

"""Orders on a section, told apart from values, questions and decisions on tasks."""

import pytest

from drafting.reading.message import understand
from drafting.reading.orders import Order, ordered
from drafting.reading.setting import Setting
from drafting.reading.unused import unused
from knowledge.call import pack
from knowledge.call.definition import Call

CALL = pack.load(pack.DEFAULT).call

ORDERS = {
    "帮我写第五部分": Order("word", "plan"),
    "能帮我写一下实施方案吗": Order("word", "plan"),
    "写一下保障措施吧": Order("word", "plan"),
    "帮我写效益那部分": Order("word", "benefit"),
    "润色一下": Order("again"),
    "重写": Order("again"),
    "帮我把实施方案润色一下": Order("again", "plan"),
    "写短一点": Order("shorter"),
    "太长了，短一点": Order("shorter"),
    "已有工作基础写长一点": Order("longer", "foundation"),
    "扩写第六部分": Order("longer", "benefit"),
    "看第五部分": Order("show", "plan"),
    "第５部分有哪些要点？": Order("show", "plan"),
    "第五部分第3点不要了": Order("strike", "plan", (3,)),
    "删掉第三点": Order("strike", "", (3,)),
    "删掉第2点和第3点": Order("strike", "", (2, 3)),
    "保障措施第2条删掉": Order("strike", "plan", (2,), within="保障措施"),
    "四里的第1条删了吧": Order("strike", "foundation", (1,)),
    "看四": Order("show", "foundation"),
    "第3点改成：每周开例会": Order("amend", "", (3,), text="每周开例会"),
    "第3点移到最前面": Order("move", "", (3,), to=1),
    "第3点放到第1点后面": Order("move", "", (3,), to=2),
    "第1点放到第3点前面": Order("move", "", (1,), to=2),
    "第3点放到保障措施里": Order("move", "plan", (3,), aspect="保障措施"),
}


@pytest.mark.parametrize("text", ORDERS)
def test_an_order_is_heard(text: str) -> None:
    assert ordered(text, CALL) == ORDERS[text]


@pytest.mark.parametrize(
    "text",
    [
        "帮我写申报书", "重写申报书", "任务3不要了", "第3项不做", "第3条不要了", "第五部分怎么写", "五、实施方案：先采数", "预览", "看看",
        "保障措施改成：专班9人，由副总负责", "专利改成8个", "电话改成025-12345678", "帮我写推荐意见", "联合体名称：重写样例", "写短信平台1个",
        "第3点改成：\n一\n二" * 40, "",
    ],
)  # fmt: skip
def test_anything_else_is_none(text: str) -> None:
    assert ordered(text, CALL) is None


def test_another_call_has_its_own_sections(other: Call) -> None:
    ids = {one.title: one.id for one in other.narratives()}
    assert ordered("润色建设思路", other) == Order("again", ids["建设思路"])
    assert ordered("看地块现状", other) == Order("show", ids["建设思路"])
    assert ordered("看实施方案", other) is None


# ---------------------------------------------------------------- what nothing was made of
def left(text: str) -> tuple[str, ...]:
    setting = Setting(CALL)
    return unused(text, understand(text, setting), setting)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("集群选半导体，算力租赁费用另外走账", "算力租赁费用另外走账"),
        ("联合体名称：示例甲，样例指数按去年口径再乘系数", "样例指数按去年口径再乘系数"),
    ],
)
def test_a_clause_that_nothing_came_from_is_named(text: str, clause: str) -> None:
    assert left(text) == (clause,)


@pytest.mark.parametrize(
    "text",
    [
        "专利5个，谢谢老师", "专利8个，麻烦快点，今天要交", "好的老师，专利改成8个，别的不变", "必选都做，我们领导很重视这个事", "专利5个",
        "第2家换掉，专利5个", "专利5个，截止时间是哪天？", "集群选半导体，产业链集成电路", "你好，我们牵头单位是苏州样例软件有限公司，谢谢",
    ],
)  # fmt: skip
def test_friendly_words_and_used_ones_are_not_accused(text: str) -> None:
    assert left(text) == ()

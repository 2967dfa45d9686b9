"""Drafts for tests: one worked out by hand, and any at all, for any call. All names are made up."""

from __future__ import annotations

from hypothesis import strategies as st

from drafting.form.draft import Amount, Choice, Draft, Member, Part
from knowledge.call.definition import Call, Field, Task

WORDS = "试验数据平台采集标注共享甲乙丙丁戊，。（）《》“”AIoT 3.5%2026年"
CHARACTERS = st.sampled_from(WORDS)
LEADS = ("虚构甲装备股份有限公司", "虚构乙茶叶专业合作社", "虚构丙研究院", "虚构丁（集团）有限责任公司")


def prose(least: int = 1, most: int = 40) -> st.SearchStrategy[str]:
    """A line of text as a person keeps it: no white space at its ends, and something in it."""
    made = st.text(CHARACTERS, min_size=least, max_size=most).map(lambda text: text.strip(" ，。“”（）"))
    return made.filter(lambda text: len(text.strip("年")) >= least and any("一" <= one <= "鿿" for one in text))


def amounts(task: Task) -> st.SearchStrategy[tuple[Amount, ...]]:
    """Figures that this task takes, in the units its row prints."""
    whole = st.integers(1, 10**9) | st.integers(1, 99).map(lambda one: one * 10_000)
    values = whole if task.whole else whole | st.integers(1, 10**6).map(lambda one: one / 100)
    one = st.builds(
        Amount,
        value=values,
        unit=st.sampled_from(task.units),
        note=st.sampled_from(("", "", "图像", "不少于", "国家标准")),
    )
    return st.lists(one, min_size=1, max_size=3).map(tuple)


def choices(task: Task) -> st.SearchStrategy[Choice]:
    """The decision on one task."""
    if not task.starred:
        return st.builds(Choice, selected=st.just(True) if task.required else st.booleans())
    taken = st.builds(Choice, selected=st.just(True), targets=amounts(task))
    return taken if task.required else taken | st.just(Choice(selected=False))


def values(field: Field, call: Call) -> st.SearchStrategy[str]:
    """A value that this field takes; the chain follows from the cluster later on."""
    fixed = {
        "lead": st.sampled_from(LEADS),
        "recommender": st.sampled_from([one.name for one in call.recommenders]),
        "cluster": st.sampled_from([one.name for one in call.clusters]),
        "phone": st.sampled_from(("13900001216", "025-80001234", "0516-80003638转801")),
        "email": st.sampled_from(("name@example.com", "a.b@example.org")),
        "long_text": st.lists(prose(2), min_size=1, max_size=3).map("\n".join),
    }
    return fixed.get(field.kind, prose(2))


def parts(call: Call) -> st.SearchStrategy[Part]:
    """What a unit takes on."""
    numbers = st.sets(st.sampled_from([task.number for task in call.tasks]), min_size=1, max_size=5)
    return st.builds(Part, tasks=numbers.map(lambda one: tuple(sorted(one))), duty=st.just("") | prose(2))


@st.composite
def drafts(draw: st.DrawFn, call: Call) -> Draft:
    """Any application in which everything that the form prints is sound."""
    fields = {field.id: draw(values(field, call)) for field in call.field_by_id.values()}
    cluster, chain = call.field_of_kind("cluster"), call.field_of_kind("chain")
    if cluster and chain:
        fields[chain.id] = draw(st.sampled_from(call.cluster_by_name[fields[cluster.id]].chains))
    least = call.consortium.min_members
    names = [f"虚构{number}号大学" for number in range(1, draw(st.integers(least, least + 4)) + 1)]
    return Draft(
        fields=fields,
        tasks={task.number: draw(choices(task)) for task in call.tasks},
        lead=draw(parts(call)),
        members=tuple(Member(name=name, intro=draw(prose(2)), part=draw(parts(call))) for name in names),
        texts={one.id: tuple(draw(st.lists(prose(2), min_size=1, max_size=6))) for one in call.narratives()},
    )


def example(call: Call) -> Draft:
    """A complete application of ordinary size, the same every time."""
    cluster = call.clusters[0]
    said = {
        "lead": LEADS[0],
        "recommender": call.recommenders[0].name,
        "cluster": cluster.name,
        "chain": cluster.chains[0],
        "phone": "13900001216",
        "email": "name@example.com",
        "person": "甄样例",
        "long_text": f"单位注册于{call.call.region}，具有独立法人资格，主营虚构产品，现有员工320人（样例）。",
    }
    taken = {
        task.number: Choice(selected=True, targets=(Amount(value=12, unit=task.units[0]),) if task.starred else ())
        for task in call.tasks
    }
    numbers = tuple(taken)
    count = call.consortium.min_members
    return Draft(
        fields={one.id: said.get(one.kind, f"虚构{one.label}") for one in call.field_by_id.values()},
        tasks=taken,
        lead=Part(tasks=numbers[:3], duty="统筹推进"),
        members=tuple(
            Member(name=f"虚构{place}号大学", intro="省属本科高校（样例）", part=Part(tasks=numbers[3:], duty="研发"))
            for place in range(1, count + 1)
        ),
        texts={one.id: _text(one.length or 500, [aspect.name for aspect in one.aspects]) for one in call.narratives()},
    )


def _text(length: int, aspects: list[str]) -> tuple[str, ...]:
    share = length // len(aspects)
    line = "联合体按照任务清单逐项推进，明确责任单位和完成时限，定期检查进度，及时解决问题。"
    return tuple((f"{name}方面，" + line * 60)[: share - 1] + "。" for name in aspects)

"""The notice in clauses: nothing lost, every place named as people name it."""

from knowledge.answers.engine import layout
from knowledge.call.clauses import Clauses, split
from knowledge.call.definition import Call
from knowledge.call.pack import Pack, squeeze

PLACES = {
    "通知·二": "成员单位应不少于2家",
    "通知·三（二）": "普及多模态数据治理",
    "通知·四（二）": "gxt_dsjc@163.com",
    "通知·联系人": "陆宇恒",
    "申报书·须知·二": "名称用全称填写",
    "申报书·一": "适用行业",
    "申报书·二·任务9": "支撑开发、训练及性能优化模型数",
    "申报书·二·注2": "标“*”任务",
    "申报书·三": "承担角色",
    "申报书·五": "2000字左右",
    "申报书·七": "失信被执行人",
    "附表·集群9": "前沿新材料",
    "附件3·注": "按推荐优先次序排名",
}


def cut(pack: Pack) -> Clauses:
    return split(pack.notice, pack.call, layout(pack))


def test_every_character_stands_in_one_clause(shipped: Pack, invented: Pack) -> None:
    for pack in (shipped, invented):
        assert "".join(cut(pack).squeezed) == squeeze(pack.notice)


def test_places_are_named_as_the_notice_numbers_them(shipped: Pack) -> None:
    texts = {clause.locator: squeeze(clause.text) for clause in cut(shipped).items}
    assert {place: part in texts[place] for place, part in PLACES.items()} == dict.fromkeys(PLACES, True)


def test_every_task_and_cluster_has_its_row(shipped: Pack, call: Call) -> None:
    rows = [clause.row for clause in cut(shipped).items if clause.row]
    assert len(rows) == len(call.tasks) + len(call.clusters)


def test_a_quote_is_found_where_it_begins(shipped: Pack) -> None:
    clauses = cut(shipped)
    place = clauses.locate("复印无效。 二、牵头单位为省内")
    assert place is not None
    assert place.locator == "申报书·须知·一"
    assert clauses.locate("通知里没有的话") is None

"""Numbers set apart by blanks, ordinals before names, names that share a word with a unit."""

import pytest

from drafting.form.draft import Draft, Member
from drafting.reading.message import understand
from drafting.reading.setting import Setting
from drafting.reading.smoothing import smooth
from tests.conversation.talk import CALL

KNOWN = Setting(CALL, Draft(fields={"lead_name": "南通样例重工有限公司"}, members=(Member(name="江苏样海洋大学"),)))


@pytest.mark.parametrize("text", ["任务3 14个", "任务8 16", "专利14 标准2 登记16", "任务1 95TB", "做任务3和9", ""])
def test_figures_and_plain_lists_stay_as_they_are(text: str) -> None:
    assert smooth(text) == text


def test_numbers_set_apart_by_blanks_are_a_list_of_tasks() -> None:
    got = understand(
        "参与单位：南通灯样例软件有限公司，软件企业，任务7 8 13；南通样例协会，会员8家，任务5 11 14", KNOWN
    )
    assert [one.tasks for one in got.members] == [(7, 8, 13), (5, 11, 14)]
    assert understand("牵头自己做1 2 8 14", KNOWN).members[0].tasks == (1, 2, 8, 14)


def test_an_ordinal_before_a_name_is_no_part_of_it() -> None:
    text = "参与单位先报几家：第一家无锡样例大学，理工类高校，承担任务3、9；第二家无锡样例云有限公司，员工60人，承担任务13、14"
    assert [one.name for one in understand(text, KNOWN).members] == ["无锡样例大学", "无锡样例云有限公司"]


def test_a_name_keeps_the_word_it_shares_with_a_unit() -> None:
    assert understand("项目名称 海洋样例数据集建设", KNOWN).fields == {"project_name": "海洋样例数据集建设"}


def test_a_reason_between_a_name_and_its_change_is_passed_over() -> None:
    got = understand("项目名称老总觉得太笼统，要改成样例数据集建设", KNOWN)
    assert got.fields == {"project_name": "样例数据集建设"}

"""Figures in the prose: other words, orders and numerals speak; stages, stocks, parts and other things stay silent."""

from __future__ import annotations

import pytest

from tests.word.test_rules import added, codes, sound, task

SPEAKING = [
    ("任务3：项目期内新增发明专利申请18件。", 3),
    ("联合攻关标注难题，申请18件发明专利。", 3),
    ("提交并申请发明专利十八件。", 3),
    ("项目期末支撑20个行业模型的训练。", 9),
    ("服务于主机厂，覆盖模型二十个。", 9),
    ("累计训练行业模型5个。", 9),
    ("赋能5个智能体。", 10),
    ("最终登记19个高质量数据集。", 8),
    ("最终登记高质量数据集十九个。", 8),
    ("编制各级标准共计7项。", 5),
    ("平台建成后服务30家企业。", 14),
    ("惠及企业五家。", 14),
    ("数据总规模0.5PB。", 1),
    ("形成8TB的数据资源。", 1),
    ("数据规模达到八TB。", 1),
]
SILENT = [
    "申请12件发明专利，支撑十二个行业模型，赋能12个智能体。",
    "编制各级标准共计十二项，服务12家企业，惠及企业十二家。",
    "牵头单位已申请30件发明专利，目前服务60家企业。",
    "现有平台支撑3个模型，惠及企业五家。",
    "到2026年底，登记5个高质量数据集，申请4件发明专利。",
    "首批服务3家企业，第一年训练行业模型2个。",
    "先登记五个高质量数据集，每年申请3件发明专利。",
    "登记12个高质量数据集，其中知识产权登记五个。",
    "惠及中小企业500家，带动上下游企业200家。",
    "惠及企业300家。",
    "申请专利40件。",
    "编制行业标准8项、企业标准4项。",
    "优化模型7个、训练模型5个。",
    "虚构1号大学训练模型5个。",
    "支撑一个行业模型率先上线，覆盖三类企业。",
    "支撑模型三个方面的改进，形成5个模型应用案例。",
    "服务企业30余家，完成模型训练5轮。",
    "授权发明专利5件，调用模型30个，走访企业6家。",
    "形成3项标准化制度，培训企业人员50人。",
    "采集5TB原始数据。",
    "存储总规模达到20PB，建成数据总规模5PB的存储中心。",
    "形成5个企业应用标杆，完成三个模型的部署验证。",
]


@pytest.mark.parametrize(("line", "number"), SPEAKING)
def test_a_figure_is_understood_in_any_words(line: str, number: int) -> None:
    assert ("number_contradiction", f"五/任务{number}") in codes(added("plan", line)(sound()))


@pytest.mark.parametrize("line", SILENT)
def test_a_figure_of_something_else_is_no_contradiction(line: str) -> None:
    assert codes(added("plan", line)(sound())) == []


@pytest.mark.parametrize("said", ["1.2PB", "1200TB", "1228.8TB"])
def test_bytes_are_compared_across_their_units(said: str) -> None:
    form = added("plan", f"数据规模达到{said}。")(sound())
    assert codes(task(1, target="1.2PB")(form)) == []
    assert codes(task(1, target="2PB")(form)) == [("number_contradiction", "五/任务1")]

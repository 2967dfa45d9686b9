"""A whole season of two bureaus over Telegram, from setting up to the packs, and nothing crosses between them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from bot.desk.bureau.life import Recruited, Settled
from bot.running import conversation
from bot.store import open_store
from bot.turn.acts import Act
from bot.turn.scope import operator
from tests.botapi import BotApi
from tests.channels.harness import running, settings_for
from tests.channels.test_colleagues import person, told
from tests.channels.test_desk_applications import files
from tests.desk.applications import application, word
from tests.furnished import furnished

# Who is who: two of each bureau, an applicant of 南京 and two of 苏州.
NANJING, NANJING_TOO, SUZHOU, SUZHOU_TOO, ONE, OTHER, THIRD = 11, 12, 21, 22, 31, 41, 42
NAMES = {
    NANJING: "张三", NANJING_TOO: "李四", SUZHOU: "孙五", SUZHOU_TOO: "钱六", ONE: "王七", OTHER: "周八", THIRD: "吴九",
}  # fmt: skip
CODES = {NANJING: "ABCD2345", NANJING_TOO: "ABCD2346", SUZHOU: "ABCD2347", SUZHOU_TOO: "ABCD2348"}
# What is asked, and words of a right answer.
ASKED = {
    "什么时候截止": "2026年4月3日", "成员单位最少几家": "不少于2家", "牵头单位必须注册在江苏吗": "江苏省注册登记",
    "每个市能推荐几个": "10个", "任务1是必选吗": "必选", "任务5是必选吗": "可选", "哪些任务必选": "任务1",
    "哪些任务要填量化目标": "任务12", "任务3要填什么目标": "专利", "任务8的单位是什么": "个", "任务14是什么": "应用",
    "实施期是什么时候": "2027年6月", "申报书要盖章吗": "章", "复印件有效吗": "复印无效", "电子版发到哪里": "gxt_dsjc@163.com",
    "寄到哪里": "北京西路16号", "邮编多少": "210008", "省厅电话多少": "025-69652653", "化学纤维属于哪个集群": "高端纺织",
    "智能终端（消费）属于哪个集群": "集群", "一共有几个集群": "16", "实施方案写多少字": "2000", "已有工作基础写多少字": "1000",
    "实施方案要写哪几块": "保障措施", "推荐单位填什么": "设区市", "企业能直接报省里吗": "设区市", "有资金支持吗": "择优",
    "4库1平台是什么": "平台", "分公司能牵头吗": "法人", "任务13要填目标吗": "/",
}  # fmt: skip


@pytest.fixture
def running_bot(api: BotApi, data: Path) -> Iterator[BotApi]:
    settings = settings_for(api, furnished(data), today=date(2026, 3, 25))
    store = open_store(settings.database)
    for code, chats in (("nanjing", (NANJING, NANJING_TOO)), ("suzhou", (SUZHOU, SUZHOU_TOO))):
        codes = [Act(operator(code), Recruited(CODES[chat], "admin")) for chat in chats]
        store.perform([Act(operator(code), Settled({"active": True})), *codes])
    store.close()
    with running(settings, conversation.assistant(settings), conversation.notices(settings)):
        yield api


def says(api: BotApi, chat: int, text: str, wanted: str) -> str:
    """What a person is told on a message, once these words are in it."""
    before = len(api.texts(chat))
    api.say(chat, text, **person(chat, NAMES[chat]))
    return told(api, chat, wanted, before)


def presses(api: BotApi, chat: int, label: str, wanted: str) -> str:
    """What a person is told on pressing the newest button of that label, once there is one."""
    api.until(lambda: _buttons(api, chat, label), label)
    before = len(api.texts(chat))
    number, data = _buttons(api, chat, label)[-1]
    api.press(chat, number, data)
    return told(api, chat, wanted, before)


def _buttons(api: BotApi, chat: int, label: str) -> list[tuple[int, str]]:
    return [
        (number, button["callback_data"])
        for (where, number), message in sorted(api.messages.items())
        if where == chat
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if label in button["text"]
    ]


@pytest.mark.parametrize("data", ["sqlite", "postgresql"], indirect=True)
def test_a_season_of_two_bureaus(running_bot: BotApi, tmp_path: Path) -> None:
    api = running_bot
    _set_up(api)
    _asked(api)
    _handed_over(api)
    _answered_once(api)
    _changed(api)
    _ruled(api)
    _handed_in(api, tmp_path)
    _ranked(api, tmp_path)
    _counted(api)
    _apart(api)


def _set_up(api: BotApi) -> None:
    for chat, code in CODES.items():
        says(api, chat, f"加入 {code}", "您已是")
    says(api, NANJING, "设置内部截止 3月30日", "已设：内部截止 2026年3月30日")
    says(api, NANJING, "设置联系电话 025-00000000", "已设")
    says(api, SUZHOU, "设置内部截止 3月28日", "已设：内部截止 2026年3月28日")
    says(api, ONE, "/start nanjing", "市里2026年3月30日前收材料")
    says(api, OTHER, "我们是苏州的", "市里2026年3月28日前收材料")


def _asked(api: BotApi) -> None:
    """Thirty questions, asked by turns."""
    assert len(ASKED) == 30
    for place, (question, wanted) in enumerate(ASKED.items()):
        says(api, (ONE, OTHER)[place % 2], question, wanted)
    mine = says(api, ONE, "市里什么时候收材料", "本市口径")
    assert "3月30日" in mine and "3月28日" not in mine


def _handed_over(api: BotApi) -> None:
    """Five questions handed to people, answered by different ones, one asked back, one passed on by taking over."""
    for number, question in enumerate(("周末收材料吗", "封面要彩印吗", "材料要几份"), 1):
        says(api, ONE, f"转人工 {question}", f"编号{number}")
        told(api, NANJING, question)
    for number, question in enumerate(("可以邮寄到市局吗", "盖电子章行不行"), 1):
        says(api, OTHER, f"转人工 {question}", f"编号{number}")
        told(api, SUZHOU, question)
    says(api, NANJING, "接单 1", "由您来办")
    says(api, NANJING_TOO, "答复 1 收。", "张三在办")
    before = len(api.texts(ONE))
    says(api, NANJING, "答复 1 周末不收，工作日9点到17点收。", "已答复")
    told(api, ONE, "答复（编号1）：周末不收", before)
    says(api, NANJING_TOO, "追问 2 是问封面还是整本？", "已追问")
    told(api, ONE, "想先了解（编号2）", before)
    says(api, ONE, "补充 2 封面", "已补充")
    says(api, NANJING_TOO, "答复 2 封面不要求彩印。", "已答复")
    says(api, NANJING, "答复 3 一式三份。", "已答复")
    says(api, SUZHOU, "答复 1 可以，写明联合体名称。", "已答复")
    says(api, SUZHOU_TOO, "答复 2 不行，要盖公章原件。", "已答复")
    told(api, OTHER, "苏州市工业和信息化局答复（编号2）：不行")
    assert "答复" not in says(api, SUZHOU, "工单 3", "没有编号3的问题")
    assert not any("周末" in text for chat in (SUZHOU, SUZHOU_TOO, OTHER) for text in api.texts(chat))


def _answered_once(api: BotApi) -> None:
    """Three answers kept, each approved by the other person; from then on they answer."""
    for number, author, other in ((1, NANJING, NANJING_TOO), (3, NANJING, NANJING_TOO)):
        says(api, author, f"工单 {number}", "已答复")
        kept = presses(api, author, "存为常见问题", "已存草稿")
        entry = "常见问题1" if number == 1 else "常见问题2"
        assert entry in kept
        place = entry.removeprefix("常见问题")
        says(api, author, f"送审 {place}", "已送审")
        says(api, other, f"常见问题 {place}", "待审")
        presses(api, other, "发布", "已发布")
    says(api, SUZHOU, "工单 1", "已答复")
    presses(api, SUZHOU, "存为常见问题", "已存草稿")
    says(api, SUZHOU, "送审 1", "已送审")
    says(api, SUZHOU_TOO, "常见问题 1", "待审")
    presses(api, SUZHOU_TOO, "发布", "已发布")
    assert "常见问题（南京市工业和信息化局，2026年3月25日）：周末不收" in says(api, ONE, "周末收材料吗", "周末不收")
    assert "可以，写明联合体名称" in says(api, OTHER, "可以邮寄到市局吗", "常见问题（苏州")
    assert "周末不收" not in says(api, OTHER, "周末收材料吗", "。")


def _changed(api: BotApi) -> None:
    """An answer changed while its old words stand, approved by the other person, and put back with a press."""
    says(api, NANJING, "改答案 1 周末不收，工作日8点到18点收。", "仍按原来的答")
    says(api, ONE, "周末收材料吗", "9点到17点")
    says(api, NANJING, "送审 1", "已送审")
    assert "改为“工作日8点到18点收。”" in says(api, NANJING_TOO, "常见问题 1", "修改待审")
    presses(api, NANJING_TOO, "发布", "已发布")
    says(api, ONE, "周末收材料吗", "8点到18点")
    says(api, NANJING_TOO, "常见问题 1", "已发布")
    before = len(api.texts(NANJING))
    presses(api, NANJING_TOO, "退回上一版", "已退回上一版")
    told(api, NANJING, "把常见问题1退回了上一版", before)
    says(api, ONE, "周末收材料吗", "9点到17点")


def _ruled(api: BotApi) -> None:
    """Two rulings on points the notice leaves open, one a bureau."""
    for author, other, city, how in ((NANJING, NANJING_TOO, ONE, "不含"), (SUZHOU, SUZHOU_TOO, OTHER, "含")):
        made = says(api, author, f"新增口径 问：成员单位不少于2家，牵头单位算在内吗 答：{how}牵头单位。", "已存草稿")
        number = made.partition("口径")[2][:1]
        says(api, author, f"送审 {number}", "已送审")
        says(api, other, f"口径 {number}", "待审")
        presses(api, other, "发布", "已发布")
        answer = says(api, city, "2家成员含不含牵头单位", "本市口径")
        assert f"：{how}牵头单位。" in answer


def _handed_in(api: BotApi, folder: Path) -> None:
    """Four applications: one sent back and handed in again, one by mail, one accepted at once, one that stays out."""
    _hands_in(api, ONE, word(folder, "甲.docx", application("甲")))
    says(api, NANJING, "退回 1 任务5：目标偏低", "1号已退回")
    before = len(api.texts(ONE))
    presses(api, ONE, "去改：任务5的目标", "任务5（编制标准）的目标是多少")
    says(api, ONE, "3项", "已记：任务5 3项")
    says(api, ONE, "提交", "编号2，待审")
    says(api, NANJING_TOO, "接收 2", "2号已接收")
    told(api, ONE, "接收了您的申报（编号2", before)
    api.upload(NANJING, "乙.docx", word(folder, "乙.docx", application("乙")).read_bytes(), caption="收邮寄的申报书")
    told(api, NANJING, "收下3号：样例乙联合体")
    says(api, NANJING, "接收 3", "3号已接收")
    says(api, THIRD, "我们是苏州的", "苏州市工业和信息化局")
    for chat, name in ((OTHER, "丙"), (THIRD, "丁")):
        theirs = application(name, recommender="苏州市工业和信息化局", lead_name=f"苏州样例{name}装备有限公司")
        _hands_in(api, chat, word(folder, f"{name}.docx", theirs))
    says(api, SUZHOU, "接收 1", "1号已接收")
    says(api, SUZHOU_TOO, "退回 2 一/联系人：请补全", "2号已退回")
    told(api, THIRD, "退回了您的申报")
    assert "申报1号" not in says(api, SUZHOU, "申报 3", "没有编号3的申报")


def _hands_in(api: BotApi, chat: int, file: Path) -> None:
    before = len(api.texts(chat))
    api.upload(chat, file.name, file.read_bytes())
    told(api, chat, "和草稿有", before)
    presses(api, chat, "全部采用", "先替您留着")
    says(api, chat, "同意", "已记：联系人姓名")
    says(api, chat, "提交给工信局", "待审")


def _ranked(api: BotApi, folder: Path) -> None:
    """The order made by buttons, and both packs: the table in that order, every file, the list of what is stamped."""
    says(api, NANJING, "排名", "推荐排名")
    for label, line in (("列入 2号", "1. 样例甲联合体"), ("列入 3号", "2. 样例乙联合体"), ("↑ 2", "1. 样例乙联合体")):
        _moves(api, NANJING, label, line)
    mine = _pack(api, NANJING, "推荐材料打好了，共2份申报书", folder / "南京.zip")
    assert [row[:2] for row in mine] == [["1", "样例乙联合体（虚构）"], ["2", "样例甲联合体（虚构）"]]
    says(api, SUZHOU, "排名", "推荐排名")
    _moves(api, SUZHOU, "列入 1号", "1. 样例丙联合体")
    theirs = _pack(api, SUZHOU, "推荐材料打好了，共1份申报书", folder / "苏州.zip")
    assert [row[:2] for row in theirs] == [["1", "样例丙联合体（虚构）"]]


def _moves(api: BotApi, chat: int, label: str, line: str) -> None:
    """A press on the order, which stays one message."""
    api.until(lambda: _buttons(api, chat, label), label)
    number, data = _buttons(api, chat, label)[-1]
    api.press(chat, number, data)
    api.until(lambda: line in api.messages[chat, number]["text"], line)


def _pack(api: BotApi, chat: int, wanted: str, out: Path) -> list[list[str]]:
    """The rows of the ranked table in the pack that a bureau gets."""
    says(api, chat, "打包", wanted)
    name, content = files(api)[-1]
    out.write_bytes(content)
    assert name == f"{out.stem}市_推荐材料.zip"
    with zipfile.ZipFile(out) as made:
        table, *applications = [one for one in made.namelist() if "报送清单" not in one]
        assert len(applications) == int(wanted.rpartition("共")[2][0])
        rows = Document(BytesIO(made.read(table))).tables[0].rows
    return [[cell.text for cell in row.cells] for row in rows if row.cells[0].text.isdecimal() and row.cells[1].text]


def _counted(api: BotApi) -> None:
    mine, theirs = says(api, NANJING, "统计", "近30天"), says(api, SUZHOU, "统计", "近30天")
    assert "转人工3次，已答复3次" in mine and "转人工2次，已答复2次" in theirs
    assert "已接收 2" in mine and "已退回 1" in theirs
    record = says(api, NANJING, "操作记录 60", "加入")
    assert "发布问答 3" in record and "张三 送审问答 3" in record and "孙五" not in record
    assert "退回申报 1" in record or "申报 1" in record


def _apart(api: BotApi) -> None:
    """What one side did, nobody of the other was told."""
    sides = {(NANJING, NANJING_TOO, ONE): ("孙五", "钱六", "样例丙", "样例丁"),
             (SUZHOU, SUZHOU_TOO, OTHER, THIRD): ("张三", "李四", "样例甲", "样例乙", "周末不收")}  # fmt: skip
    for chats, words in sides.items():
        heard = "\n".join(text for chat in chats for text in api.texts(chat))
        assert not [one for one in words if one in heard]

"""A season's applications on Telegram: handed in, sent back, accepted, ranked on one message, packed; and by mail."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.botapi import BotApi
from tests.channels.test_colleagues import person, told
from tests.channels.test_desk import ASKER, COLLEAGUE, ROOM, STAFF, at_work, placed
from tests.desk.applications import application, word


def pressed(api: BotApi, chat: int, words: str, label: str) -> None:
    """Somebody presses the button of that label under the bot's last message with these words."""
    message = _last(api, chat, words)
    buttons = [one for row in message["reply_markup"]["inline_keyboard"] for one in row]
    data = next(one["callback_data"] for one in buttons if one["text"] == label)
    api.press(chat, message["message_id"], data)


def _last(api: BotApi, chat: int, words: str) -> dict[str, Any]:
    placed(api, chat, words)
    found = [one for (where, _), one in sorted(api.messages.items()) if where == chat and words in one.get("text", "")]
    return next(one for one in reversed(found) if "reply_markup" in one)


def files(api: BotApi) -> list[tuple[str, bytes]]:
    """The files the bot sent, in order."""
    return [(name, content) for call in api.made("sendDocument") for name, content in call.files.values()]


def handed(api: BotApi, folder: Path) -> None:
    """An applicant who comes with a filled form and hands it in."""
    api.upload(ASKER, "申报书.docx", word(folder, "甲.docx", application()).read_bytes())
    pressed(api, ASKER, "和草稿有", "全部采用")
    told(api, ASKER, "先替您留着")
    api.say(ASKER, "同意", **person(ASKER, "王五"))
    told(api, ASKER, "已记：联系人姓名")
    api.say(ASKER, "提交给工信局", **person(ASKER, "王五"))
    told(api, ASKER, "编号1，待审")


def test_a_season_of_applications(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=True):
        handed(api, tmp_path)
        pressed(api, ROOM, "收到申报1号", "看申报1号")
        told(api, ROOM, "这项由工信局工作人员来办")
        api.say(STAFF, "申报", **person(STAFF, "张三"))
        pressed(api, STAFF, "待审（1份）", "看申报1号")
        pressed(api, STAFF, "申报1号（待审", "退回")
        told(api, STAFF, "退回要写明意见")
        api.say(STAFF, "退回 1 任务5：目标偏低", **person(STAFF, "张三"))
        pressed(api, ASKER, "退回了您的申报", "去改：任务5的目标")
        told(api, ASKER, "任务5（编制标准）的目标是多少")
        api.say(ASKER, "3项", **person(ASKER, "王五"))
        told(api, ASKER, "已记：任务5 3项")
        api.say(ASKER, "提交", **person(ASKER, "王五"))
        told(api, ASKER, "1号由这一版接替")
        api.say(COLLEAGUE, "申报 2", **person(COLLEAGUE, "李四"))
        pressed(api, COLLEAGUE, "申报2号（待审", "接收")
        told(api, ASKER, "接收了您的申报（编号2")
        mailed(api, tmp_path)
        ranked(api)
        api.say(STAFF, "打包", **person(STAFF, "张三"))
        told(api, STAFF, "推荐材料打好了，共2份申报书")
        name, content = files(api)[-1]
        with zipfile.ZipFile(BytesIO(content)) as made:
            assert name == "南京市_推荐材料.zip"
            assert [one.partition("_")[0] for one in made.namelist()] == ["00", "00", "01", "02"]
            assert made.read(made.namelist()[2]) == (tmp_path / "乙.docx").read_bytes()


def mailed(api: BotApi, folder: Path) -> None:
    """One that came by mail, sent with a caption, is taken in and accepted."""
    content = word(folder, "乙.docx", application("乙")).read_bytes()
    api.upload(STAFF, "乙.docx", content, caption="收邮寄的申报书")
    told(api, STAFF, "收下3号：样例乙联合体（虚构）")
    api.say(STAFF, "接收 3", **person(STAFF, "张三"))
    told(api, STAFF, "3号已接收")


def ranked(api: BotApi) -> None:
    """The order is made on one message, edited in place."""
    api.say(STAFF, "排名", **person(STAFF, "张三"))
    for label, line in (("列入 2号", "1. 样例甲联合体"), ("列入 3号", "2. 样例乙联合体"), ("↑ 2", "1. 样例乙联合体")):
        pressed(api, STAFF, "推荐排名", label)
        told(api, STAFF, line)
    assert len([one for one in api.texts(STAFF) if "推荐排名" in one]) == 1

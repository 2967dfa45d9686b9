"""A bureau's own documents on Telegram: files of every kind from its people, Word files alone from anybody else."""

from __future__ import annotations

from pathlib import Path

from bot.delivery import sentences
from bot.running import conversation
from tests.botapi import BotApi
from tests.channels.harness import running
from tests.channels.test_colleagues import person, told
from tests.channels.test_desk import ASKER, COLLEAGUE, ROOM, STAFF, at_work, placed, prepared
from tests.channels.test_desk_applications import files, pressed

GUIDE = "云溪窗口指南（虚构）\n\n茶叶样本编号到云溪窗口领取。\n"


def test_a_guide_is_sent_shown_to_the_group_published_and_given_back(api: BotApi, tmp_path: Path) -> None:
    with at_work(api, tmp_path, forum=False):
        api.upload(STAFF, "../../指南.TXT", GUIDE.encode(), caption="添加资料 有效至2026年6月30日")
        told(api, STAFF, "收下了，编号1。等另一位同事发布")
        placed(api, ROOM, "添加了参考资料，请看可不可以发布")
        api.say(COLLEAGUE, "资料 1", **person(COLLEAGUE, "李四"))
        pressed(api, COLLEAGUE, "资料1《云溪窗口指南（虚构）》（待发布）", "发布")
        told(api, COLLEAGUE, "已发布，即日起作为参考资料用")
        api.say(ASKER, "/start nanjing", **person(ASKER, "王五"))
        told(api, ASKER, "现在按南京市工业和信息化局的口径回答")
        api.say(ASKER, "茶叶样本编号到哪个窗口领取", **person(ASKER, "王五"))
        told(api, ASKER, "参考资料，不是通知原文：《云溪窗口指南（虚构）》（南京市工业和信息化局提供）")
        api.say(STAFF, "下载资料 1", **person(STAFF, "张三"))
        api.until(lambda: bool(api.made("sendDocument")))
        assert files(api) == [("指南.txt", GUIDE.encode())]


def test_from_anybody_else_such_a_file_is_not_even_fetched(api: BotApi, tmp_path: Path) -> None:
    settings = prepared(tmp_path, forum=False, api=api)
    with running(settings, conversation.assistant(settings)):
        api.upload(ASKER, "指南.pdf", b"%PDF", caption="添加资料")
        api.until_texts(ASKER, sentences.NOT_WORD)
        assert api.made("getFile") == []

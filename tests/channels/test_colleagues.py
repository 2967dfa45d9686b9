"""Colleagues on Telegram: a link lets one in, and word reaches the others in their own chats."""

import re
from datetime import date
from pathlib import Path

from bot.running import conversation
from tests.botapi import NAME, BotApi
from tests.channels.harness import running, settings_for
from tests.furnished import furnished

UNIT = "江苏样例大学"
GROUP = -100200
CODE = re.compile(rf"https://t\.me/{NAME}\?start=join_([A-Z2-9]{{8}})")


def told(api: BotApi, chat: int, words: str, after: int = 0) -> str:
    """All that a chat was told since then, once these words are in it."""
    api.until(lambda: words in "\n".join(api.texts(chat)[after:]), words)
    return "\n".join(api.texts(chat)[after:])


def person(chat: int, name: str) -> dict[str, object]:
    return {"from": {"id": chat, "is_bot": False, "first_name": name}}


def test_a_unit_joins_by_link_fills_confirms_and_is_told_when_its_part_is_changed(tmp_path: Path) -> None:
    with BotApi() as api:
        settings = settings_for(api, furnished(tmp_path), today=date(2026, 3, 28))
        with running(settings, conversation.assistant(settings)):
            api.say(5, "联合体名称：样例甲联合体", **person(5, "张三"))
            api.say(5, f"参与单位：{UNIT}，苏州样例科技有限公司", **person(5, "张三"))
            api.say(5, f"邀请{UNIT}", **person(5, "张三"))
            found = CODE.search(told(api, 5, "start=join_"))
            assert found
            api.say(6, f"/start join_{found[1]}", **person(6, "王五"))
            told(api, 6, f"已加入“样例甲联合体”（张三负责）。您来填{UNIT}这一部分")
            told(api, 5, "王五加入了“样例甲联合体”。")
            api.say(6, "简介：省属高校，教师45人；任务：3、5")
            told(api, 6, "确认本单位内容")
            number = max(key[1] for key in api.messages if key[0] == 6)
            api.press(6, number, "unit/confirm")
            told(api, 5, f"确认了{UNIT}的内容。")
            api.say(5, f"{UNIT}做任务9", **person(5, "张三"))
            told(api, 6, f"张三改了{UNIT}的内容，您的确认不再有效")
            api.say(7, f"/start join_{found[1]}")
            told(api, 7, "这个邀请码已经用过了")
            assert "样例甲" not in "\n".join(api.texts(7))


def test_in_a_group_no_code_is_shown_or_taken(tmp_path: Path) -> None:
    with BotApi() as api:
        settings = settings_for(api, furnished(tmp_path), today=date(2026, 3, 28))
        with running(settings, conversation.assistant(settings)):
            api.say(5, "联合体名称：样例甲联合体")
            api.say(5, "邀请同事")
            found = CODE.search(told(api, 5, "start=join_"))
            assert found
            api.say(GROUP, f"@{NAME} 加入 {found[1]}")
            told(api, GROUP, "私聊")
            api.say(6, f"加入 {found[1]}")
            told(api, 6, "已加入")

"""Between channels: whoever asks at a terminal hears what was written to them when they speak again, and nothing twice."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from bot.channels.terminal import converse
from bot.delivery.messages import outward
from bot.dialogue.assistant import Assistant
from bot.running import conversation
from bot.store import Store, open_store
from bot.store.tables import outbox
from bot.turn.ports import take_turn
from tests.botapi import BotApi
from tests.channels.harness import running
from tests.channels.test_colleagues import person, told
from tests.channels.test_desk import ROOM, STAFF, answering, placed, prepared, staff
from tests.commands import rows, shenbao


def terminal(assistant: Assistant, store: Store, *lines: str) -> list[str]:
    """What a person reads who types these lines and leaves."""
    typed, written = iter(lines), list[str]()
    converse(partial(take_turn, assistant, store, outward=outward(store)), lambda: next(typed, None), written.append)
    return written


@pytest.mark.parametrize("data", ["sqlite", "postgresql"], indirect=True)
def test_asked_at_a_terminal_answered_on_telegram_read_at_the_terminal(api: BotApi, data: Path) -> None:
    settings = prepared(data, forum=True, api=api)
    assistant, store = conversation.assistant(settings), open_store(settings.database)
    with running(settings, assistant):
        staff(api)
    assert "编号1" in terminal(assistant, store, "我们是南京的", "转人工 周末收材料吗")[-1]
    with running(settings, assistant):
        card = placed(api, ROOM, "问：周末收材料吗")
        api.say(ROOM, "不收，请工作日来。", **person(STAFF, "张三"), **answering(card))
        told(api, ROOM, "1号已答复")
    hello, *later = terminal(assistant, store, "谢谢")
    assert "答复（编号1）：不收，请工作日来。" in "".join(hello.split())
    assert "解决了" in hello, "what can be pressed comes with it"
    assert "不收" not in "".join(later), "once"
    assert "不收" not in "".join(terminal(assistant, store, "谢谢"))
    store.close()


@pytest.mark.parametrize("data", ["sqlite", "postgresql"], indirect=True)
def test_whoever_serves_at_a_terminal_writes_to_people_on_telegram(api: BotApi, data: Path) -> None:
    settings = prepared(data, forum=False, api=api)
    assistant, store = conversation.assistant(settings), open_store(settings.database)
    assert "您已是" in terminal(assistant, store, "加入 ABCD2345")[-1]
    with running(settings, assistant):
        api.say(7, "/start nanjing", **person(7, "王五"))
        told(api, 7, "南京")
        api.say(7, "转人工 封面要彩印吗", **person(7, "王五"))
        told(api, 7, "编号1")
    hello, answered = terminal(assistant, store, "答复 1 不要求。")
    assert "封面要彩印吗" in hello and "已答复" in answered
    with running(settings, assistant):
        told(api, 7, "答复（编号1）：不要求。")
    store.close()


def test_lines_of_a_script_reach_people_on_telegram_and_say_the_rest_themselves(tmp_path: Path) -> None:
    with BotApi() as api:
        settings = prepared(tmp_path, forum=False, api=api)
        said = [{"chat": "tg:9", "text": "加入 ABCD2345"}, {"chat": "a", "bureau": "nanjing", "text": "转人工 要几份"}]
        told_ = shenbao("chat", "--jsonl", given="\n".join(map(json.dumps, said)), data=tmp_path)
        last = rows(told_.stdout)[-1]["replies"]
        assert isinstance(last, list) and [one.get("chat") for one in last] == [None, "desk:nanjing"]
        store = open_store(settings.database)
        with store.engine.connect() as connection:
            waiting = connection.execute(outbox.select()).all()
        store.close()
        assert [(row.channel, row.chat) for row in waiting] == [("telegram", "tg:9")]

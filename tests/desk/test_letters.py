"""Reminders to those who asked for them, word from a bureau, a desk recalled: each once, a few at a time, stoppable."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.desk.letters import Notices
from bot.dialogue.assistant import Assistant
from bot.store.tables import outbox
from knowledge.call.definition import Call
from tests.conversation.office import Office
from tests.desk.bureau import bureau, recruit, staffed

DUE = date(2026, 3, 30)
HOUR = 3600.0


@pytest.fixture
def office(tmp_path: Path, shared: Assistant, address: str) -> Iterator[Office]:
    office = staffed(tmp_path, shared, address)
    bureau(office, "nanjing", inner_deadline=DUE.isoformat())
    bureau(office, "suzhou")
    recruit(office, "nanjing", "tg:1")
    recruit(office, "suzhou", "tg:2")
    for chat, city in (("tg:5", "南京"), ("tg:6", "南京"), ("tg:7", "苏州")):
        office.say(chat, f"我们是{city}的")
    yield office
    office.store.close()


def plan(call: Call, day: date, hour: int = 9) -> Notices:
    return Notices(call, lambda: day, lambda: hour)


def told(office: Office) -> list[tuple[str, str]]:
    """What waits in the outbox, as chat and text."""
    with office.store.engine.connect() as connection:
        rows = connection.execute(outbox.select().order_by(outbox.c.id)).all()
    return [(row.chat, json.loads(row.payload)["text"]) for row in rows]


def test_who_asked_is_reminded_before_the_day_that_counts_for_them_each_time_once(office: Office, call: Call) -> None:
    on = office.say("tg:5", "订阅提醒")
    assert "截止前1天提醒您" in on, "of the days before only those to come"
    assert "南京市工业和信息化局的期限是2026年3月30日" in on
    assert "通知的期限是2026年4月3日" in office.say("tg:7", "截止前提醒我")
    for left in range(20, -5, -1):
        day = DUE - timedelta(days=left)
        office.store.notify(plan(call, day), 50)
        office.store.notify(plan(call, day), 50)
    mine = [text for chat, text in told(office) if chat == "tg:5"]
    heads = [f"提醒：离南京市工业和信息化局的期限还有{n}天" for n in (14, 7, 3, 1)]
    assert [text.partition("（")[0] for text in mine] == heads
    assert all("退订" in text for text in mine)
    assert len([chat for chat, _ in told(office) if chat == "tg:7"]) == 4
    assert "tg:6" not in {chat for chat, _ in told(office)}, "who did not ask gets nothing"


def test_nobody_is_woken_at_night(office: Office, call: Call) -> None:
    office.say("tg:5", "订阅提醒")
    office.store.notify(plan(call, date(2026, 3, 23), 3), 50)
    assert told(office) == []
    office.store.notify(plan(call, date(2026, 3, 23), 8), 50)
    assert len(told(office)) == 1


def test_who_stops_it_gets_no_more(office: Office, call: Call) -> None:
    office.say("tg:5", "订阅提醒")
    assert "不再提醒" in office.say("tg:5", "退订")
    office.store.notify(plan(call, date(2026, 3, 23)), 50)
    assert told(office) == []


def test_word_from_a_bureau_goes_to_its_own_a_few_at_a_time_and_never_twice(office: Office, call: Call) -> None:
    for number in range(10, 17):
        office.say(f"tg:{number}", "我们是南京的")
        office.say(f"tg:{number}", "订阅提醒")
    office.say("tg:7", "订阅提醒")
    assert "将发给订阅的7人：\n3月28日下午开会" in office.say("tg:1", "群发 3月28日下午开会")
    calm = date(2026, 2, 1)
    office.store.notify(plan(call, calm), 3)
    assert told(office) == [], "shown first"
    assert "正在发给7人" in office.say("tg:1", "[desk/send/1")
    counts = []
    for _ in range(5):
        office.store.notify(plan(call, calm), 3)
        counts.append(len(told(office)))
    assert counts == [3, 6, 7, 7, 7]
    assert {chat for chat, _ in told(office)} == {f"tg:{number}" for number in range(10, 17)}
    assert "已经处理过" in office.say("tg:1", "[desk/send/1")


def test_a_word_that_is_not_sent_after_all_goes_to_nobody(office: Office, call: Call) -> None:
    office.say("tg:5", "订阅提醒")
    office.say("tg:1", "群发 写错了")
    assert "好，不发给" in office.say("tg:1", "[desk/unsend/1")
    office.store.notify(plan(call, date(2026, 2, 1)), 50)
    assert told(office) == []


def test_applicants_and_plain_staff_write_to_nobody(office: Office) -> None:
    assert "将发给" not in office.say("tg:5", "群发 大家好")
    recruit(office, "nanjing", "tg:3", "staff")
    assert "由本局管理员来办" in office.say("tg:3", "群发 大家好")


def test_a_ticket_that_waits_too_long_is_recalled_to_its_desk(office: Office, call: Call) -> None:
    office.say("tg:5", "转人工 两家一起牵头行吗")
    calm = date(2026, 2, 1)
    office.store.notify(plan(call, calm), 50)
    assert told(office) == []
    office.clock.now += 25 * HOUR
    for _ in range(2):
        office.store.notify(plan(call, calm), 50)
    assert told(office) == [("tg:1", "#1（两家一起牵头行吗）已等了25小时，还没有答复。")]
    office.clock.now += 25 * HOUR
    office.store.notify(plan(call, calm), 50)
    assert len(told(office)) == 2
    office.say("tg:1", "答复 1 只能一家。")
    office.clock.now += 25 * HOUR
    office.store.notify(plan(call, calm), 50)
    assert len(told(office)) == 2


# ---------------------------------------------------------------- where nobody can be written to
def test_who_can_not_be_written_to_is_told_when_they_speak_again_and_once(office: Office, call: Call) -> None:
    office.say("w", "我们是南京的")
    office.say("w", "订阅提醒")
    office.store.notify(plan(call, DUE - timedelta(days=3)), 50)
    office.store.notify(plan(call, DUE - timedelta(days=1)), 50)
    heard = office.say("w", "谢谢")
    assert heard.index("还有3天") < heard.index("还有1天") < len(heard)
    assert "提醒" not in office.say("w", "谢谢")


def test_what_is_not_saved_was_not_told(office: Office, call: Call) -> None:
    office.say("w", "订阅提醒")
    office.store.notify(plan(call, date(2026, 4, 2)), 50)
    saved, outcome = office.handled("w", "谢谢")
    assert "还有1天" in office.told("w", outcome.replies)
    assert "还有1天" in office.say("w", "谢谢"), "the first turn was never saved"
    assert not office.keep("w", saved, outcome)


def test_who_erases_everything_is_told_nothing_more(office: Office, call: Call) -> None:
    office.say("w", "订阅提醒")
    office.say("w", "删除我的数据")
    office.store.notify(plan(call, date(2026, 4, 2)), 50)
    office.say("w", "确认删除")
    with office.store.engine.connect() as connection:
        assert not connection.execute(outbox.select().where(outbox.c.chat == "w")).all()


def test_it_is_no_message_that_waits_to_be_sent(office: Office, call: Call) -> None:
    office.say("w", "订阅提醒")
    office.say("tg:7", "订阅提醒")
    office.store.notify(plan(call, date(2026, 4, 2)), 50)
    assert office.store.waiting()["outbox"] == 1

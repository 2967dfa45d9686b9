"""What a bureau says of itself: in answers as its ruling, in what is due, in its greeting, in lengths; of it alone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.desk.bureau.profile import NAMES, read, to_come, unfit
from bot.dialogue.assistant import Assistant
from bot.hearing.wishes import typed
from bot.turn.overlay import Overlay, tolerant
from knowledge.call.definition import Call
from tests.commands import shenbao
from tests.conversation.office import Office
from tests.desk.bureau import bureau, recruit, staffed

DAY = date(2026, 3, 25)


@pytest.fixture
def office(tmp_path: Path, shared: Assistant) -> Iterator[Office]:
    office = staffed(tmp_path, shared)
    bureau(office, "nanjing", inner_deadline="2026-03-30", phone="025-00000000", greeting="材料送三楼窗口。")
    recruit(office, "nanjing", "z")
    yield office
    office.store.close()


def test_whoever_chooses_the_city_hears_its_greeting_and_its_day(office: Office) -> None:
    told = office.say("w", "我们是南京的")
    assert "材料送三楼窗口。" in told and "市里2026年3月30日前收材料（问：025-00000000）" in told
    assert "三楼" not in office.say("v", "我们是苏州的")


def test_the_days_that_count_are_told_when_a_draft_is_begun(office: Office) -> None:
    office.say("w", "我们是南京的")
    told = office.say("w", "写申报书")
    assert "市里2026年3月30日前收材料" in told and "请先问清" not in told
    office.say("v", "我们是苏州的")
    assert "请先问清" in office.say("v", "写申报书")


def test_a_setting_said_in_chat_counts_from_the_next_message_on(office: Office) -> None:
    office.say("w", "我们是南京的")
    assert "已设：内部截止 2026年3月29日" in office.say("z", "设置内部截止 3月29日")
    assert "市里2026年3月29日前收材料" in office.say("w", "写申报书")
    assert "未设" in office.say("z", "设置内部截止 无")


def test_a_days_own_ruling_stands_above_the_notice_and_ends_with_the_setting(tmp_path: Path) -> None:
    def asked(city: str, question: str = "什么时候截止") -> str:
        return shenbao("ask", "--bureau", city, question, data=tmp_path).stdout

    added = shenbao("bureau", "add", "nanjing", "--inner-deadline", "2026-03-30", "--contact", "样例甲", data=tmp_path)
    assert added.returncode == 0 and "加入 " in added.stdout
    mine = asked("nanjing").replace("\n", "")
    assert "本市口径" in mine and "2026年3月30日前" in mine and "2026年4月3日前" in mine
    assert "3月30日" not in asked("suzhou")
    assert "3月30日" not in asked("nanjing", "苏州那边截止是哪天"), "it is no other city's day"
    assert "3月30日" in asked("nanjing", "南京什么时候截止")
    assert "已停用" in shenbao("bureau", "stop", "nanjing", data=tmp_path).stdout
    assert "3月30日" not in asked("nanjing")


def test_thirteen_bureaus_ship_and_what_is_wrong_is_said_in_a_line(tmp_path: Path) -> None:
    listed = shenbao("bureau", "list", data=tmp_path).stdout
    assert "共13个工信局，已启用0个" in listed and listed.count("○") == 14
    for wrong, said in (
        (("add", "shanghai"), "没有“shanghai”这个工信局"),
        (("add", "nanjing", "--inner-deadline", "明天"), "--inner-deadline 应写成 2026-03-30 的日期"),
        (("add", "nanjing", "--inner-deadline", "2026-04-20"), "--inner-deadline 不能晚于通知的2026年4月3日"),
        (("add", "nanjing", "--phone", "123"), "--phone 应为电话号码，如 025-12345678"),
        (("add", "nanjing", "--tolerance", "3"), "--tolerance 应为 0 到 1 之间的数"),
        (("show",), "请说是哪个工信局"),
    ):
        told = shenbao("bureau", *wrong, data=tmp_path)
        assert told.returncode == 2 and said in told.stderr


@pytest.mark.parametrize(
    ("key", "said", "meant"),
    [
        ("inner_deadline", "3月30日", date(2026, 3, 30)),
        ("inner_deadline", "2026-3-30前", date(2026, 3, 30)),
        ("inner_deadline", "三月三十号", date(2026, 3, 30)),
        ("inner_deadline", "3月30日下午5点前", date(2026, 3, 30)),
        ("inner_deadline", "３月31日之前", date(2026, 3, 31)),
        ("inner_deadline", "下周一", date(2026, 3, 30)),
        ("inner_deadline", "周五", date(2026, 3, 27)),
        ("inner_deadline", "1月5日", date(2026, 1, 5)),
        ("phone", "025－68788888转801", "025-68788888转801"),
        ("phone", "025-68788888、13800000000", "025-68788888、13800000000"),
        ("inner_deadline", "无", None),
        ("tolerance", "15%", 0.15),
        ("tolerance", "±20％", 0.2),
        ("wait_hours", "2天", 48.0),
        ("drafting", "关", False),
        ("greeting", "无", ""),
        ("contact", "样例甲", "样例甲"),
    ],
)
def test_a_setting_is_read_as_people_say_it(key: str, said: str, meant: object) -> None:
    assert read(key, said, DAY) == {key: meant}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("inner_deadline", "下周"),
        ("inner_deadline", "3月30日到4月1日"),
        ("phone", "123"),
        ("phone", "号码 025-68788888"),
        ("inner_deadline", "2月30日"),
        ("tolerance", "很大"),
        ("drafting", "也许"),
        ("contact", ""),
    ],
)
def test_what_can_not_stand_is_refused(key: str, said: str) -> None:
    assert read(key, said, DAY) == {}


def test_a_name_with_its_number_sets_both() -> None:
    assert read("contact", "张样例，025－68788888", DAY) == {"contact": "张样例", "phone": "025-68788888"}
    assert read("contact", "数据处", DAY) == {"contact": "数据处"}


def test_a_day_that_is_past_or_later_than_the_notices_own_is_refused(office: Office, call: Call) -> None:
    assert "3月20日已经过了" in office.say("z", "设置内部截止 3月20日")
    assert "通知要求2026年4月3日前报到省里" in office.say("z", "把截止改到4月20日")
    assert "内部截止：2026年3月30日" in office.say("z", "设置")
    assert unfit(date(2026, 4, 3), DAY, call) is None and unfit(None, DAY, call) is None
    assert to_come("1月5日", DAY) == date(2027, 1, 5), "what an entry holds until is yet to come"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("设置联系人电话 025-68789999", "已设：联系电话 025-68789999"),
        ("设置电话号码 025-68789999", "已设：联系电话 025-68789999"),
        ("改电话 025-68789999", "已设：联系电话 025-68789999"),
        ("联系电话改成 025-68789999", "已设：联系电话 025-68789999"),
        ("报送时间改成3月31日", "已设：内部截止 2026年3月31日"),
        ("设置截止日期 3月31日", "已设：内部截止 2026年3月31日"),
        ("修改截止时间 3月31日", "已设：内部截止 2026年3月31日"),
        ("设置截止时间", "日期请写成"),
        ("设置电话 找张样例", "没记。请写成“设置联系电话"),
        ("修改联系人 张样例", "已设：联系人 张样例"),
        ("设置联系人 张样例 025-68789999", "已设：联系人 张样例\n已设：联系电话 025-68789999"),
    ],
)
def test_settings_are_heard_as_people_call_them(said: str, told: str, office: Office) -> None:
    assert told in office.say("z", said)


def test_every_setting_is_heard_by_every_name_it_has() -> None:
    heard = {name: (typed(f"设置{name} 甲", serves=True), typed(f"把{name}改成甲", serves=True)) for name in NAMES}
    assert [name for name, wishes in heard.items() if any(one is None or one.kind != "set" for one in wishes)] == []


def test_a_bureaus_tolerance_is_the_one_of_every_section(call: Call) -> None:
    other = tolerant(call, 0.5)
    assert {one.tolerance for one in other.sections} == {0.5}
    assert other.tasks == call.tasks and other.field_by_id.keys() == call.field_by_id.keys()
    assert Overlay(tolerance=0.5).but(tolerance=None).tolerance is None

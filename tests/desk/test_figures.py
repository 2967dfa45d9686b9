"""A desk's numbers: right, safe in a spreadsheet, and silent on a few people where others read them."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.desk.faq_file import escaped
from bot.desk.figures import Asked, Counted, Handed, in_words, numbers, table
from bot.desk.scope import Scope
from bot.desk.wish import Wish
from bot.filling import Ground
from bot.store.desk.figures import figures
from bot.store.desk_tables import asked
from knowledge.call import Call
from tests.conversation.office import Office
from tests.desk.bureau import bureau, recruit, staffed

HOUR = 3600.0


def counted(people: int) -> Counted:
    questions = [Asked(f"p{n % people}", 1_774_670_400.0 + n, "answered" if n % 2 else "not_covered", "通知·四（二）", n % 3 - 1)
                 for n in range(people * 2)]  # fmt: skip
    return Counted(questions, [Handed(0, 2 * HOUR), Handed(0, 4 * HOUR), Handed(0)], ["submitted"], ["bad_phone"] * 2)


def test_what_is_counted_is_what_there_was(call: Call) -> None:
    one = numbers("nanjing", counted(6))
    assert (one.people, one.asked, one.status["answered"], one.handed, one.replied, one.hours) == (6, 12, 6, 3, 2, 3.0)
    assert (one.good, one.bad) == (4, 4)
    told = in_words(one, Ground(call, date(2026, 3, 28)))
    assert "提问12次，6人：答上50%，通知没写50%" in told
    assert "转人工3次，已答复2次，答复用时中位数3.0小时" in told
    assert "问得多的：通知·四（二） 12" in told and "预审常见：电话不对 2" in told


@pytest.mark.parametrize("people", [1, 4, 5, 9])
def test_the_province_reads_nothing_of_fewer_than_five(people: int, call: Call) -> None:
    found = [numbers("nanjing", counted(people)), numbers("suzhou", counted(7))]
    rows = list(csv.reader(io.StringIO(table(found, Ground(call, date(2026, 3, 28))))))
    mine = [row for row in rows if row[0].startswith("南京")]
    assert (len(mine) == 1 and mine[0][3] == "<5") == (people < 5)
    assert "'" not in {cell for row in rows for cell in row}, "an empty cell stays empty"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert escaped(cell) == f"'{cell}"


@pytest.fixture
def office(tmp_path: Path, shared: Assistant, address: str) -> Iterator[Office]:
    office = staffed(tmp_path, shared, address)
    for code, chat in (("nanjing", "z"), ("suzhou", "s"), ("province", "p")):
        bureau(office, code)
        recruit(office, code, chat)
    yield office
    office.store.close()


def test_what_people_ask_is_counted_for_their_bureau_alone(office: Office) -> None:
    for number in range(6):
        office.say(f"w{number}", "我们是南京的")
        office.say(f"w{number}", "截止时间是哪天")
    office.say("v", "我们是苏州的")
    office.say("v", "补助有多少")
    assert "提问6次，6人：答上100%" in office.say("z", "统计")
    assert "提问1次，1人：答上0%，通知没写100%" in office.say("s", "统计")
    above = office.say("p", "统计")
    assert "南京市工业和信息化局：6人提问6次，答上100%" in above
    assert "苏州市工业和信息化局：不足5人，不显示" in above
    with office.store.desks.look(Scope("province", "province", "p")) as seen:
        figures(seen, Wish("figures"))
        assert seen.rows(asked) == [], "what was opened for the sums is shut again"


def test_numbers_come_as_a_picture_and_as_a_table(office: Office) -> None:
    office.say("w", "我们是南京的")
    office.say("w", "截止时间是哪天")
    outcome = office.assistant.handle(office.incoming("z", "导出统计"), office.store.load("z"))
    file = outcome.replies[0].file
    assert file and file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "提问次数" in file.read_text("utf-8-sig")


def test_of_a_few_an_applicant_learns_nothing(office: Office) -> None:
    office.say("w", "我们是南京的")
    assert "提问" not in office.say("w", "统计")

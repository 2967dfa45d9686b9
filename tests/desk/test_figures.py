"""A desk's numbers: right, safe in a spreadsheet, and silent on a few people where others read them."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.counting import FEWEST, Asked, Counted, Handed, numbers, tallies
from bot.desk.entries.spreadsheet import escaped
from bot.desk.statistics import in_words, table
from bot.dialogue.assistant import Assistant
from bot.store.desk.statistics import figures
from bot.store.desk_tables import asked
from bot.turn.ground import Ground
from bot.turn.scope import Scope
from bot.turn.wish import Wish
from knowledge.call.definition import Call
from tests.conversation.office import Office
from tests.desk.applications import application, drafted
from tests.desk.bureau import bureau, recruit, staffed

HOUR = 3600.0


def counted(people: int) -> Counted:
    questions = [Asked(f"p{n % people}", 1_774_670_400.0 + n, "answered" if n % 2 else "not_covered", "通知·四（二）", n % 3 - 1)
                 for n in range(people * 2)]  # fmt: skip
    handed = [Handed(0, 2 * HOUR, "p0"), Handed(0, 4 * HOUR, "p1"), Handed(0, None, "p2")]
    return Counted(questions, handed, ["submitted"], ["bad_phone"] * 2, ["half", "begun", "complete", "begun"])


def test_what_is_counted_is_what_there_was(call: Call) -> None:
    one = numbers("nanjing", counted(6))
    assert (one.people, one.asked, one.status["answered"], one.handed, one.replied, one.hours) == (6, 12, 6, 3, 2, 3.0)
    assert one.thumbs == {"good": 4, "bad": 4}
    told = in_words(one, Ground(call, date(2026, 3, 28)))
    assert "提问12次，6人：答上50%，通知没写50%" in told
    assert "转人工3次，已答复2次，答复用时中位数3.0小时" in told
    assert "问得多的：通知·四（二） 12" in told and "预审常见：电话不对 2" in told
    assert "没交的草稿（只计份数，内容看不到）：刚开始 2、过半 1、填齐 1" in told


@pytest.mark.parametrize("people", [1, 4, 5, 9])
def test_the_province_reads_nothing_of_fewer_than_five(people: int, call: Call) -> None:
    found = [numbers(code, counted(count), least=FEWEST) for code, count in (("nanjing", people), ("suzhou", 7))]
    rows = list(csv.reader(io.StringIO(table(found, Ground(call, date(2026, 3, 28))))))
    mine = [row for row in rows if row[0].startswith("南京")]
    assert (len(mine) == 1 and mine[0][3] == "<5") == (people < 5)
    assert "'" not in {cell for row in rows for cell in row}, "an empty cell stays empty"


def test_nor_any_single_number_behind_which_fewer_than_five_stand(call: Call) -> None:
    one = numbers("suzhou", counted(7), least=FEWEST)
    assert one.handed is None and one.replied is None and one.hours is None, "three people"
    assert one.applications == {"submitted": None} and not one.findings, "one application, two findings"
    rows = {
        (what, of): count
        for _, what, of, count in csv.reader(io.StringIO(table([one], Ground(call, date(2026, 3, 28)))))
    }
    assert rows["转人工", ""] == "<5" and rows["申报", "待审"] == "<5" and rows["没交的草稿", "填齐"] == "<5"
    assert rows["提问次数", ""] == "14" and rows["按出处", "通知·四（二）"] == "14"


def test_what_is_left_out_can_not_be_reckoned_from_the_sum() -> None:
    many = [("a", f"p{n}") for n in range(9)] + [("b", f"p{n}") for n in range(6)]
    assert tallies([*many, ("c", "p1")], FEWEST) == {"a": 9, "b": None, "c": None}
    assert tallies(many, FEWEST) == {"a": 9, "b": 6}


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("123456789"))))
def test_no_number_is_told_of_fewer_than_five_and_none_can_be_reckoned(pairs: list[tuple[str, str]]) -> None:
    found = tallies(pairs, FEWEST)
    for name, count in found.items():
        assert count is None or len({who for one, who in pairs if one == name}) >= FEWEST
    left = [name for name, count in found.items() if count is None]
    assert len(left) != 1 or len(found) == 1, "one alone is the sum less the others"


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


def test_drafts_count_by_how_far_they_are_until_they_are_handed_in(office: Office) -> None:
    office.say("w", "我们是南京的")
    assert "提交之前，工信局只知道有这份草稿" in office.say("w", "写申报书")
    assert "没交的草稿（只计份数，内容看不到）：刚开始 1" in office.say("z", "统计")
    assert "草稿" not in office.say("s", "统计")
    office.say("w", "推荐单位：苏州市工业和信息化局")
    assert "草稿" not in office.say("z", "统计"), "it goes where its form says"
    assert "刚开始 1" in office.say("s", "统计")
    office.say("w", "删除我的数据")
    office.say("w", "确认删除")
    assert "草稿" not in office.say("s", "统计")


def test_a_draft_that_was_handed_in_counts_as_an_application(office: Office) -> None:
    drafted(office, "w", application())
    office.say("w", "进度")
    assert "填齐 1" in office.say("z", "统计")
    office.say("w", "提交给工信局")
    told = office.say("z", "统计")
    assert "草稿" not in told and "申报：待审 1" in told


def test_a_draft_of_several_counts_once(office: Office) -> None:
    office.say("w", "我们是南京的")
    office.say("w", "写申报书")
    office.joined("w", "v")
    office.say("v", "我们是南京的")
    office.say("v", "项目名称：样例数据集（虚构）")
    assert "刚开始 1" in office.say("z", "统计")


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

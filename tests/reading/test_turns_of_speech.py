"""Small parsers that strangers' sentences asked for, each where it speaks and where it keeps silent."""

from __future__ import annotations

import pytest

from drafting.reading.doubts import without_hearsay
from drafting.reading.intents import asks, command, told_and_asked
from drafting.reading.members import lead_apart, resolved
from drafting.reading.quantities import scan
from drafting.reading.smoothing import smooth
from drafting.reading.task_counts import named, resumed, uncounted, unnumbered, whole_said
from drafting.reading.task_references import library_meant, some_of
from knowledge.call.definition import Call
from knowledge.language.numerals import to_number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("三亿五", 350_000_000),
        ("两亿八千", 280_000_000),
        ("三亿五千万", 350_000_000),
        ("三亿零五", 300_000_005),
        ("百八十", None),
        ("亿五", None),
    ],
)
def test_spoken_hundreds_of_millions(said: str, number: int | None) -> None:
    assert to_number(said) == number


def test_one_with_a_word_behind_it_is_no_figure() -> None:
    assert [one.amount.value for one in scan("就企业数一事报40家")] == [40]
    assert [one.amount.value for one in scan("填一")] == [1]
    assert [one.amount.value for one in scan("一个")] == [1]


# ---------------------------------------------------------------- tasks
def test_places_are_counted_within_what_is_spoken_of() -> None:
    every = (2, 5, 6, 10)
    assert some_of("前两个", every) == (2, 5)
    assert some_of("后面三个", every) == (5, 6, 10)
    assert some_of("这些", every) == ()


def test_the_size_of_a_group_is_no_task(call: Call) -> None:
    assert uncounted("必选8项都做", call) == "必选都做"
    assert uncounted("可选5项不做", call) == "可选5项不做"


def test_a_list_is_taken_up_again_only_by_its_own_count(call: Call) -> None:
    assert resumed("五、十、十一，这三个可选的要做", call) == "五、十、十一要做"
    assert resumed("五、十、十一，这两个不做", call) == "五、十、十一，这两个不做"


def test_a_number_in_brackets_is_the_name_once_more(call: Call) -> None:
    assert unnumbered("标准那项（5）做", call) == "标准那项做"
    assert unnumbered("标准（3）项", call) == "标准（3）项"


def test_all_libraries_by_their_kinds(call: Call) -> None:
    assert whole_said("4库1平台都做", call) == "任务全部都做"
    assert whole_said("3库1平台都做", call) == "3库1平台都做"
    other = Call.model_validate({**call.model_dump(), "tasks": [one.model_dump() for one in call.tasks[:2]]})
    assert whole_said("4库1平台都做", other) == "4库1平台都做"


def test_several_libraries_with_their_sizes(call: Call) -> None:
    found = library_meant("资源库两项、技术库一项，都做", call)
    assert found
    assert len(found[0]) == 2


def test_a_date_holds_no_task(call: Call) -> None:
    assert named("2026年6月以后做12", call).known == (12,)


# ---------------------------------------------------------------- what is not meant
def test_what_others_do_is_left_out(call: Call) -> None:
    assert without_hearsay("听说隔壁报了10，我们加2", call) == "我们加2"
    assert without_hearsay("别的联合体专利都报20件，我们报9件", call) == "专利，，我们报9件"
    assert without_hearsay("我们报9件", call) == "我们报9件"
    assert without_hearsay("听说要交纸质的，是吗", call) == "听说要交纸质的，是吗"


def test_a_unit_behind_a_comma_joins_its_figure() -> None:
    assert smooth("数据规模三亿五，单位是条") == "数据规模三亿五条"
    assert smooth("企业50家，单位名称改了") == "企业50家，单位名称改了"


# ---------------------------------------------------------------- units
def test_a_pronoun_is_the_unit_before_it() -> None:
    assert resolved("扬州样例大学参与，它负责任务3") == "扬州样例大学参与，扬州样例大学负责任务3"
    assert resolved("它负责任务3") == "它负责任务3"


def test_the_lead_is_told_apart_from_its_share() -> None:
    assert lead_apart("牵头单位：南京样例有限公司，承担任务1、8") == (
        "牵头单位：南京样例有限公司",
        "牵头单位承担任务1、8",
    )
    assert lead_apart("牵头单位：南京样例有限公司，2010年成立") == ("", "")


# ---------------------------------------------------------------- commands and questions
@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("不用再预览了，直接生成word给我", "export"),
        ("别导出了", ""),
        ("材料齐了，把申报书导出来", "export"),
        ("刚才那条发错了，撤销", "undo"),
        ("开源不做了，导出", ""),
        ("专利报8个，导出", ""),
        ("这个不会，下一题", "skip"),
    ],
)
def test_a_command_among_words_that_say_nothing(said: str, name: str) -> None:
    assert command(said) == name


@pytest.mark.parametrize(
    "said", ["申报书复印件成不成啊", "这样对不对", "公章盖不盖骑缝章呀", "按申请算，是要授权了才算，还是申请就算"]
)
def test_questions_by_a_word_and_its_denial(said: str) -> None:
    assert asks(said)


@pytest.mark.parametrize("said", ["登记15，不对不对，是51", "专利5个，还是8个吧", "能做多少算多少"])
def test_words_that_only_look_like_questions(said: str) -> None:
    assert not asks(said)


def test_a_question_behind_a_statement_has_a_subject_of_its_own() -> None:
    assert told_and_asked("专利6个，授权的算不算？") == ("专利6个", "授权的算不算？")
    assert told_and_asked("专利6个，会不会太少？") == ("", "")
    assert told_and_asked("专利6个，企业50家") == ("", "")
    assert told_and_asked("专利填几个？授权的算不算？") == ("", "")

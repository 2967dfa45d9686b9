"""Marks of two boxes, and duties behind a colon."""

from __future__ import annotations

import pytest

from drafting.form.draft import LEAD, PARTICIPANT
from drafting.form.duties import read_duty
from drafting.form.marks import read_mark
from tests.word.test_values import CALL

WORDS = [("开展", "不开展"), ("是", "否"), ("选", "不选"), ("√", "×")]


@pytest.mark.parametrize(("yes", "no"), WORDS)
@pytest.mark.parametrize(("full", "empty"), ["☑□", "■□", "☒☐", "☑☐"])
@pytest.mark.parametrize("way", ["{0}{yes} {1}{no}", "{yes}{0}　{no}{1}", "{0} {yes}\n{1} {no}", "{0}{yes}/{1}{no}"])
def test_the_marked_one_of_two_boxes_counts(yes: str, no: str, full: str, empty: str, way: str) -> None:
    assert read_mark(way.format(full, empty, yes=yes, no=no), CALL) is True
    assert read_mark(way.format(empty, full, yes=yes, no=no), CALL) is False
    assert read_mark(way.format(empty, empty, yes=yes, no=no), CALL) is None
    assert read_mark(way.format(full, full, yes=yes, no=no), CALL) is None


@pytest.mark.parametrize("role", [LEAD, PARTICIPANT])
@pytest.mark.parametrize("colon", ["：", ":", ":  "])
@pytest.mark.parametrize("tasks", ["任务1、任务8", "任务1、8", "负责第1、8项任务"])
def test_tasks_behind_a_colon(role: str, colon: str, tasks: str) -> None:
    assert read_duty(f"{role}{colon}{tasks}", CALL).tasks == (1, 8)


@pytest.mark.parametrize("role", [LEAD, PARTICIPANT])
def test_several_tasks_in_their_own_words(role: str) -> None:
    texts = {
        task.number: task.text.rstrip("。") for task in CALL.tasks if "，" not in task.text and "、" not in task.text
    }
    said = "、".join(text.replace("行业", "", 1) for text in texts.values())
    assert read_duty(f"{role}，负责{said}", CALL).tasks == tuple(texts)
    assert read_duty(f"{role}，负责任务1，并{texts[12]}", CALL).tasks == (1, 12)
    assert read_duty(f"{role}，负责数据、平台、模型", CALL).tasks == ()

"""Uploaded files: what is no form, or no harmless one, is refused with a sentence and no traceback."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from drafting.review import review
from drafting.word.guard import UnreadableError, inspect
from drafting.word.read import read
from tests.word.test_roundtrip import PACKS

PACK = PACKS["shipped"]


def packed(path: Path, **parts: bytes) -> Path:
    """A zip file with these parts, dots and slashes written as in its names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The blank form with one more part."""
    path.write_bytes(PACK.blank_form.read_bytes())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableError) as caught:
        inspect(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("head", "word"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
        (b"{\\rtf1", "RTF"),
        (b"", "空"),
        ("申报书".encode(), ".docx"),
        (b"PK\x03\x04 and nothing more", ".docx"),
    ],
)
def test_another_format_is_named_with_the_way_out(head: bytes, word: str, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(head)
    assert word in refusal(path)


def test_the_blank_form_passes() -> None:
    inspect(PACK.blank_form)


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    assert "过大" in refusal(with_part(tmp_path / "a.docx", "word/media/zero.xml", b"0" * 8_000_000))
    many = {f"word/{number}.xml": b"" for number in range(2100)}
    assert "过大" in refusal(packed(tmp_path / "b.docx", **{"[Content_Types].xml": b"<Types/>", **many}))


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("word/vbaProject.bin", b"macro", "宏"),
        ("word/embeddings/oleObject1.bin", b"object", "对象"),
        ("word/extra.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "异常"),
        ("../outside.xml", b"<a/>", "异常"),
        ("xl/workbook.xml", b"<a/>", ".docx"),
    ],
)
def test_a_harmful_part_is_refused(name: str, content: bytes, word: str, tmp_path: Path) -> None:
    assert word in refusal(with_part(tmp_path / "form.docx", name, content))


def test_a_torn_file_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "torn.docx"
    path.write_bytes(PACK.blank_form.read_bytes()[:-200])
    with pytest.raises(UnreadableError):
        read(path, PACK.call)
    odd = packed(tmp_path / "odd.docx", **{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<not closed"})
    with pytest.raises(UnreadableError, match="另存为"):
        read(odd, PACK.call)


def test_a_file_that_is_no_form_is_reported_as_such(tmp_path: Path) -> None:
    from docx import Document  # noqa: PLC0415

    document = Document()
    document.add_paragraph("会议通知")
    document.save(str(tmp_path / "other.docx"))
    reviewed = review(tmp_path / "other.docx", PACK.call)
    assert not reviewed.readable
    assert "找不到" in reviewed.reason


def test_a_blank_form_is_readable_and_says_what_is_missing() -> None:
    reviewed = review(PACK.blank_form, PACK.call)
    assert reviewed.readable
    codes = {finding.code for finding in reviewed.findings}
    assert {"field_missing", "contact_missing", "task_mark_missing", "too_few_members", "section_missing"} <= codes

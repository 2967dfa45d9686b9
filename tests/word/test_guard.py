"""Uploaded files: what is no form, or no harmless one, is refused with a sentence and no traceback."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from drafting.application.whole_form import form_of
from drafting.word.form_file import fill_within, read
from drafting.word.guard import UnreadableError, inspect
from drafting.word.review import review
from knowledge.files.archive import SIZE, look
from tests.library.test_bounded import company
from tests.word.drafts import example
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


# ---------------------------------------------------------------- links
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def linked(path: Path, kind: str, target: str, mode: str = "External") -> Path:
    """The blank form with a relation to something outside of it."""
    link = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return with_part(path, "word/_rels/more.xml.rels", RELATIONS.format(link).encode())


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "http://example.com/a.png"),
        ("image", "file:///etc/hostname"),
        ("attachedTemplate", "https://example.com/a.dotm"),
        ("attachedTemplate", r"\\example\share\a.dotm"),
        ("attachedTemplate", "file://example/share/a.dotm"),
        ("oleObject", "file:///C:/a.xlsx"),
        ("frame", "http://example.com/"),
    ],
)
def test_what_would_be_fetched_is_refused(kind: str, target: str, tmp_path: Path) -> None:
    assert "外部" in refusal(linked(tmp_path / "form.docx", kind, target))


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("hyperlink", "http://example.com/", "External"),
        ("hyperlink", "mailto:name@example.com", "External"),
        ("attachedTemplate", "file:///C:/Users/a/Normal.dotm", "External"),
        ("attachedTemplate", "Normal.dotm", "External"),
        ("image", "media/a.png", "Internal"),
    ],
)
def test_links_to_click_and_the_writers_own_template_do_no_harm(
    kind: str, target: str, mode: str, tmp_path: Path
) -> None:
    inspect(linked(tmp_path / "form.docx", kind, target, mode))


def test_a_guide_may_be_full_of_linked_pictures(tmp_path: Path) -> None:
    path = linked(tmp_path / "guide.docx", "image", "http://example.com/a.png")
    assert (look(path).fault, look(path, linked=True).fault) == ("links", None)


# ---------------------------------------------------------------- bounds
def test_a_file_too_large_to_look_at_and_a_thing_that_is_no_file(tmp_path: Path) -> None:
    with (tmp_path / "a.docx").open("wb") as stream:
        stream.seek(SIZE)
        stream.write(PACK.blank_form.read_bytes())
    assert "过大" in refusal(tmp_path / "a.docx")
    os.mkfifo(tmp_path / "b.docx")
    assert "不是一份文件" in refusal(tmp_path / "b.docx")
    assert "不是一份文件" in refusal(tmp_path)


def test_a_form_that_breaks_its_reader_is_lost_alone(tmp_path: Path) -> None:
    """Tables in tables without end: small, sound as an archive, and more than a reader can take."""
    deep = 20000
    body = "<w:tbl><w:tr><w:tc>" * deep + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * deep
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    path = replaced(tmp_path / "deep.docx", "word/document.xml", document.encode())
    reviewed = review(path, PACK.call)
    assert not reviewed.readable
    assert reviewed.reason.endswith("。")
    assert review(PACK.blank_form, PACK.call).readable


def replaced(path: Path, name: str, content: bytes) -> Path:
    """The blank form with one part exchanged."""
    with zipfile.ZipFile(PACK.blank_form) as blank, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in blank.infolist():
            made.writestr(entry.filename, content if entry.filename == name else blank.read(entry))
    return path


def test_a_blank_of_somebodys_is_looked_at_as_well(tmp_path: Path) -> None:
    blank = linked(tmp_path / "blank.docx", "image", "http://example.com/a.png")
    with pytest.raises(UnreadableError, match="外部"):
        fill_within(form_of(example(PACK.call), PACK.call), PACK.call, blank, tmp_path / "out.docx")
    broken = replaced(tmp_path / "broken.docx", "word/document.xml", b"<w:document/>")
    with pytest.raises(UnreadableError, match="打不开"):
        fill_within(form_of(example(PACK.call), PACK.call), PACK.call, broken, tmp_path / "out.docx")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["blank.docx", "broken.docx"]


def test_a_process_of_several_threads_reads_a_form_as_well() -> None:
    alone = review(PACK.blank_form, PACK.call)
    with company(True):
        assert review(PACK.blank_form, PACK.call) == alone

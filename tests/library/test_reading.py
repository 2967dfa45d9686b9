"""Documents of every kind as they are read and cut, and the sentence for each one that can't be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.library.intake.accepting import Said, take
from knowledge.library.intake.content import Block, UnreadableError
from knowledge.library.intake.splitting import split
from knowledge.library.passages import Passage
from tests.library import papers

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>茶事问答</title><script>var hidden = 1</script></head>
<body><nav>首页 联系</nav><h2>怎么存茶</h2><p>绿茶要<b>冷藏</b>。</p><ul><li>红茶常温。</li></ul>
<table><tr><th>茶</th><th>期限</th></tr><tr><td>白茶</td><td>三年</td></tr></table></body></html>"""


def found(path: Path) -> dict[str, str]:
    return {one.locator: one.text for one in take(path, Said()).passages}


def texts(passages: object) -> str:
    assert isinstance(passages, tuple)
    return "\n".join(one.text for one in passages if isinstance(one, Passage))


def test_a_regulation_in_word_is_cut_by_its_articles(tmp_path: Path) -> None:
    taken = take(papers.word(tmp_path / "a.docx", rows=papers.ROWS), Said())
    assert (taken.document.title, taken.document.issuer, taken.document.dated) == (
        "云溪市茶叶数据管理办法", "云溪市茶叶数据局", date(2031, 3, 4))  # fmt: skip
    assert taken.document.source == "《云溪市茶叶数据管理办法》（云溪市茶叶数据局，2031年3月4日）"
    got = {one.locator: one for one in taken.passages}
    assert got["第二条"].text == "第二条 本办法适用于云溪市。"
    assert "（二）产地证明" in got["第三条"].text
    assert got["表1·第3行"].text == "指标\t要求\t单位\n含水率\t不高于七\t%"
    assert "第二章 登记" in got["第三条"].ways


def test_numbers_that_word_counts_itself_are_kept(tmp_path: Path) -> None:
    got = found(papers.counted(tmp_path / "a.docx"))
    assert got["二（一）"] == "（一）采茶"
    assert "一、目标" in got["一"]


def test_hidden_text_is_not_read(tmp_path: Path) -> None:
    assert "看不见" not in "".join(found(papers.hidden(tmp_path / "a.docx")).values())


def test_a_page_of_the_web_without_its_scripts_and_menus(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    taken = take(tmp_path / "a.html", Said())
    whole = texts(taken.passages)
    assert taken.document.title == "茶事问答"
    assert "绿茶要冷藏。" in whole
    assert "茶\t期限\n白茶\t三年" in whole
    assert not any(word in whole for word in ("hidden", "首页"))


def test_a_workbook_row_by_row_under_its_sheet(tmp_path: Path) -> None:
    assert found(papers.sheet(tmp_path / "a.xlsx"))["茶样·第2行"] == "指标\t要求\t单位\n香气\t不低于八十\t分"


def test_a_pdf_by_its_numbers_and_without_its_page_numbers(tmp_path: Path) -> None:
    lines = [
        ["1. Green tea is stored cold.", "2. Black tea is stored dry.", "- 1 -"],
        ["3. White tea ages well.", "- 2 -"],
    ]
    got = found(papers.pdf(tmp_path / "a.pdf", lines))
    assert got["2"] == "2. Black tea is stored dry."
    assert "- 2 -" not in "".join(got.values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_plain_text_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("一、总则\n（一）㛃茶要少喝。\n（二）多喝水。\n".encode(encoding))
    assert found(tmp_path / "a.txt")["一（一）"] == "（一）㛃茶要少喝。"


def test_headings_tables_and_front_matter_of_markdown(tmp_path: Path) -> None:
    text = "---\ntitle: 茶谱\nissuer: 云溪茶会\ndate: 2031-05-06\n---\n# 茶谱\n\n## 泡法\n\n用**沸水**。\n\n| 茶 | 水温 |\n|---|---|\n| 绿 | 八十 |\n"
    (tmp_path / "a.md").write_text(text, "utf-8")
    taken = take(tmp_path / "a.md", Said())
    assert taken.document.source == "《茶谱》（云溪茶会，2031年5月6日）"
    assert {one.locator: one.text for one in taken.passages} == {
        "泡法": "泡法\n用沸水。",
        "表1·第2行": "茶\t水温\n绿\t八十",
    }


def test_what_the_person_says_stands_above_what_the_file_says(tmp_path: Path) -> None:
    said = Said(title="解读", issuer="云溪市茶办", dated=date(2031, 1, 1))
    assert take(papers.word(tmp_path / "a.docx"), said).document.source == "《解读》（云溪市茶办，2031年1月1日）"


def test_a_long_part_is_cut_at_sentences_and_nothing_is_lost() -> None:
    line = "茶叶要分级存放。" * 400
    pieces = split([Block("第一条 " + line)])
    assert len(pieces) > 3
    assert "".join(one.text.replace("\n", "") for one in pieces) == "第一条 " + line
    assert all(len(one.text) <= 820 for one in pieces)


def test_a_number_that_comes_twice_has_two_places() -> None:
    lines = ["一、红茶要闷。", "附件1", "一、绿茶要敞。", "附件2", "一、白茶要晾。", "一、黄茶要捂。"]
    locators = [one.locator for one in split([Block(line) for line in lines])]
    assert locators == ["一", "附件1·一", "附件2·一", "附件2·一〔2〕"]


def test_a_pdf_under_another_name_is_read_as_what_it_is(tmp_path: Path) -> None:
    taken = take(papers.pdf(tmp_path / "a.docx", [["Green tea is stored cold."]]), Said())
    assert taken.notes == ("扩展名是 .docx，内容是PDF，已按内容读",)


Make = Callable[[Path], object]
BAD: list[tuple[str, Make, str]] = [
    ("a.docx", lambda path: path.write_bytes(b""), "空的"),
    ("a.docx", lambda path: path.write_bytes(b"PK\x03\x04" + b"x" * 100), "损坏"),
    ("a.docx", lambda path: path.write_text("not a Word file"), "内容却不是"),
    ("a.docx", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600), "旧格式"),
    ("a.docx", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")), "密码"),
    ("a.docx", lambda path: papers.with_part(path, "word/vbaProject.bin"), "宏"),
    ("a.docx", lambda path: papers.with_part(path, "../evil.xml"), "异常"),
    ("a.docx", lambda path: papers.with_part(path, "word/x.xml", b'<?xml version="1.0"?><!DOCTYPE a []><a/>'), "异常"),
    ("a.docx", papers.bomb, "过大"),
    ("a.docx", lambda path: papers.word(path, []), "没有文字"),
    ("a.pdf", lambda path: papers.pdf(path, [[], []]), "扫描"),
    ("a.pdf", lambda path: papers.pdf(path, [["x"]] * 501), "501 页"),
    ("a.pdf", lambda path: path.write_bytes(b"%PDF-1.7\nrubbish"), "损坏"),
    ("a.txt", lambda path: path.write_bytes(bytes(range(256)) * 20), "看不出"),
    ("a.png", lambda path: path.write_bytes(b"\x89PNG\r\n"), "图片"),
    ("a.rtf", lambda path: path.write_bytes(b"{\\rtf1 x}"), "RTF"),
    ("a.md", lambda path: path.mkdir(), "读不到"),
    ("a.jsonl", lambda path: path.write_text('{"id": "1", "text": "x"}\n[]\n'), "第2行"),
    ("a.jsonl", lambda path: path.write_text('{"id": "1", "text": "x"}\n' * 2), "重复"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "said"), BAD)
def test_what_can_not_be_read_is_one_sentence(name: str, make: Make, said: str, tmp_path: Path) -> None:
    make(tmp_path / name)
    with pytest.raises(UnreadableError, match=said) as caught:
        tuple(take(tmp_path / name, Said()).passages)
    assert "\n" not in str(caught.value)


def test_scanned_pages_among_others_are_named(tmp_path: Path) -> None:
    taken = take(papers.pdf(tmp_path / "a.pdf", [["Green tea is stored in a cold place."], []]), Said())
    assert taken.notes == ("第2页没有文字（像是扫描件），没有读到",)

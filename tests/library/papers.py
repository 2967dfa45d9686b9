"""Small documents of every kind, made anew for each test; all of it is invented."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

RULES = ["云溪市茶叶数据管理办法", "第一章 总则", "第一条 为了管好茶叶数据，制定本办法。", "第二条 本办法适用于云溪市。",
         "第二章 登记", "第三条 登记应当提交下列材料：", "（一）申请表；", "（二）产地证明。",
         "云溪市茶叶数据局", "2031年3月4日"]  # fmt: skip
ROWS = [["指标", "要求", "单位"], ["香气", "不低于八十", "分"], ["含水率", "不高于七", "%"]]


def word(path: Path, lines: list[str] = RULES, rows: list[list[str]] | None = None) -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(str(path))
    return path


def hidden(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("看得见的字。")
    run = document.add_paragraph().add_run("看不见的字")
    run.font.hidden = True
    document.save(str(path))
    return path


def counted(path: Path) -> Path:
    """A Word list whose numbers Word counts itself, as 一、 and （一）."""
    document = docx.Document()
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for level, text in enumerate(("%1、", "（%2）")):
        lvl = OxmlElement("w:lvl")
        lvl.set(qn("w:ilvl"), str(level))
        for name, value in (("w:start", "1"), ("w:numFmt", "chineseCounting"), ("w:lvlText", text)):
            part = OxmlElement(name)
            part.set(qn("w:val"), value)
            lvl.append(part)
        abstract.append(lvl)
    root.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    held = OxmlElement("w:abstractNumId")
    held.set(qn("w:val"), "77")
    number.append(held)
    root.append(number)
    for level, text in ((0, "目标"), (0, "任务"), (1, "采茶"), (1, "制茶")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 77
    document.save(str(path))
    return path


def sheet(path: Path, rows: list[list[str]] = ROWS) -> Path:
    """The smallest workbook that a spreadsheet program opens."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{office}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="茶样" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def pdf(path: Path, pages: list[list[str]]) -> Path:
    """A PDF of ASCII lines; an empty page is what a scan looks like to a reader of text."""
    streams = []
    for lines in pages:
        shown = "".join(f"({line}) Tj T* " for line in lines)
        streams.append(f"BT /F1 12 Tf 14 TL 72 720 Td {shown}ET".encode())
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]  # fmt: skip
    for number, stream in enumerate(streams):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        objects += [page.encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)]
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    path.write_bytes(out.getvalue())
    return path


def bomb(path: Path) -> Path:
    word(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/more.xml", b" " * (40 * 1024 * 1024))
    return path


def with_part(path: Path, name: str, content: bytes = b"x") -> Path:
    word(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, content)
    return path

"""The makings of an official document: A4, margins, fonts, line pitch and page numbers of GB/T 9704-2012.

Packs' form builders use these, and so do the tables and reports that are written for a bureau.
"""

from __future__ import annotations

from typing import Any, Final

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from knowledge.files.characters import fit

Font = tuple[str, int]

WIDTH: Final = 8844  # the type area, 156 mm, in twentieths of a point
ACROSS: Final = 13776  # the type area of a page turned sideways, 243 mm
SONG, HEI, XIAOBIAOSONG, FANG = "宋体", "黑体", "方正小标宋简体", "仿宋_GB2312"
TITLE: Final[Font] = (XIAOBIAOSONG, 22)
BODY: Final[Font] = (FANG, 16)
CELL: Final[Font] = (FANG, 12)
HEADING: Final[Font] = (HEI, 16)
PITCH: Final = {22: 36, 16: 29, 14: 20, 12: 19}  # exact, in points, by size of type
KEPT_STYLES: Final = ("Normal", "Default Paragraph Font", "Normal Table", "No List")
EDGES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def element(tag: str, **attributes: object) -> Any:
    """An element of the w: namespace with attributes of the same."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def fonts(font: Font) -> list[Any]:
    """Run properties naming one font for all scripts, without which Chinese text falls back to the theme's."""
    name, size = font
    return [
        element("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia"),
        element("sz", val=size * 2),
        element("szCs", val=size * 2),
        element("lang", val="en-US", eastAsia="zh-CN"),
    ]


def paragraph(text: str, font: Font, align: str = "left", *, line: int = 0, first: int = 0) -> Any:
    """A paragraph; `line` is its exact pitch in points when not the usual one, `first` the characters its first line
    is set in."""
    made, properties, mark = element("p"), element("pPr"), element("rPr")
    properties.append(element("spacing", before=0, after=0, line=(line or PITCH[font[1]]) * 20, lineRule="exact"))
    properties.append(element("jc", val=align))
    mark.extend(fonts(font))
    properties.append(mark)
    made.append(properties)
    if text:
        made.append(run(text, font))
    return indent(made, font, firstLine=first) if first else made


def flagged(made: Any, *flags: str) -> Any:
    """The same paragraph with switches set: keepNext, then pageBreakBefore, in this order."""
    for position, flag in enumerate(flags):
        made.find(qn("w:pPr")).insert(position, element(flag))
    return made


def indent(made: Any, font: Font, **characters: int) -> Any:
    """The same paragraph set in by whole characters (firstLine, left, right), with the width for older programs."""
    sizes = {f"{side}Chars": count * 100 for side, count in characters.items()}
    sizes |= {side: count * font[1] * 20 for side, count in characters.items()}
    made.find(qn("w:pPr")).find(qn("w:spacing")).addnext(element("ind", **sizes))
    return made


def run(text: str, font: Font) -> Any:
    """A run of text in one font."""
    made, properties, content = element("r"), element("rPr"), element("t")
    properties.extend(fonts(font))
    content.text = fit(text)
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.extend([properties, content])
    return made


def table(grid: tuple[int, ...], border: str = "single") -> Any:
    """An empty table of fixed layout, centred, its columns in twentieths of a point."""
    made, properties, columns = element("tbl"), element("tblPr"), element("tblGrid")
    edges = element("tblBorders")
    edges.extend(element(edge, val=border, sz=4, space=0, color="auto") for edge in EDGES)
    properties.extend([element("tblW", w=sum(grid), type="dxa"), element("jc", val="center"), edges])
    properties.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    margins.extend(
        element(edge, w=size, type="dxa") for edge, size in (("top", 50), ("left", 90), ("bottom", 50), ("right", 90))
    )
    properties.append(margins)
    columns.extend(element("gridCol", w=width) for width in grid)
    made.extend([properties, columns])
    return made


def row(*cells: Any, header: bool = False, height: int = 560, splits: bool = False) -> Any:
    """A row of at least this height; a header repeats on every page, other rows stay whole unless they may split."""
    made, properties = element("tr"), element("trPr")
    if not splits:
        properties.append(element("cantSplit"))
    properties.append(element("trHeight", val=height, hRule="atLeast"))
    if header:
        properties.append(element("tblHeader"))
    made.append(properties)
    made.extend(cells)
    return made


def cell(width: int, *inside: Any, span: int = 1, merge: str = "", line: bool = False, align: str = "center") -> Any:
    """A cell; `merge` is restart or continue for one that runs over rows, `line` draws a line to write on."""
    made, properties = element("tc"), element("tcPr")
    properties.append(element("tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if merge:
        properties.append(element("vMerge", val=merge))
    if line:
        edges = element("tcBorders")
        edges.append(element("bottom", val="single", sz=4, space=0, color="auto"))
        properties.append(edges)
    properties.append(element("vAlign", val=align))
    made.append(properties)
    made.extend(inside or [paragraph("", CELL, "center")])
    return made


def page(title: str) -> Doc:
    """An empty A4 document with the standard's margins, fonts and page numbers."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.bottom_margin, section.right_margin = Mm(35), Mm(26)
    section.footer_distance = Mm(25)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        number(footer, side)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)
    plain_styles(document)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    properties.comments, properties.language = "", "zh-CN"
    return document


def sideways(document: Doc) -> Doc:
    """The same document with its pages turned, for wide tables; the first page is numbered as well."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.left_margin = Mm(24), Mm(28)
    section.bottom_margin, section.right_margin = Mm(20), Mm(26)
    section.footer_distance = Mm(11)
    section.different_first_page_header_footer = False
    return document


def tabs(made: Any, *stops: int) -> Any:
    """The same paragraph with tab stops, in twentieths of a point from the left."""
    wanted = element("tabs")
    wanted.extend(element("tab", val="left", pos=stop) for stop in stops)
    made.find(qn("w:pPr")).insert(0, wanted)
    return made


def plain_styles(document: Doc) -> None:
    """One style, the body's; the default template's others and its theme fonts are dropped."""
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.find(qn("w:name")).get(qn("w:val")) not in KEPT_STYLES:
            styles.remove(style)
    defaults = styles.find(qn("w:docDefaults"))
    for properties in defaults.iter(qn("w:rPr")):
        properties[:] = fonts(BODY)
    for properties in defaults.iter(qn("w:pPr")):
        properties[:] = []


def number(footer: Any, side: str) -> None:
    """The page number between dashes, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    font = (SONG, 14)
    made = indent(paragraph("", font, side), font, **{side: 1})
    made.append(run("— ", font))
    for kind in ("begin", "separate", "end"):
        piece = run("", font)
        piece[-1] = element("fldChar", fldCharType=kind)
        made.append(piece)
        if kind == "end":
            break
        piece = run("1", font)
        if kind == "begin":
            piece[-1] = element("instrText")
            piece[-1].text = " PAGE "
        made.append(piece)
    made.append(run(" —", font))
    body = footer._element
    body[:] = [made]

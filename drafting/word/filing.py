"""The list that goes with a recommender's pack as a Word file: A4 sideways, boxes to tick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from drafting.papers.filing import Filing, rules, seals, sending
from drafting.word.pages import grid, heading, write
from knowledge.files.official import FANG, HEI, TITLE, paragraph

TEXT: Final = (FANG, 12)
SMALL: Final = (FANG, 11)
HEADS: Final = (HEI, 11)
RANKED: Final = (2, 13)
USUAL: Final = 13
SENT: Final = (7, 34)
RANK: Final = 2  # digits of a rank; longer numbers are read as text


def write_filing(filing: Filing, out: Path) -> None:
    """Write the list; `out` appears whole or not at all."""
    write("报送清单", _content(filing), out)


def _content(filing: Filing) -> Iterator[Any]:
    yield paragraph("报送清单", TITLE, "center")
    day = f"{filing.day.year}年{filing.day.month}月{filing.day.day}日"
    about = (filing.signed.bureau.name, filing.call.call.short_title, f"共{len(filing.packed)}份申报书", day)
    yield paragraph("　".join((*about, "本局留用，不报送")), TEXT, "center", line=28)
    yield heading("一、盖章", 28)
    heads, rows = seals(filing)
    yield _grid((*RANKED, *[USUAL] * (len(heads) - 2)), heads, rows)
    yield from (paragraph(f"通知原文：“{one}”", SMALL, line=18) for one in rules(filing.call))
    yield heading("二、报送", 28)
    yield _grid(SENT, ("期限和去向", "内容"), sending(filing.call))
    if filing.notes:
        yield heading("三、报送前请留意", 28)
        yield from (paragraph(f"{place}. {one}", SMALL, line=18) for place, one in enumerate(filing.notes, 1))


def _grid(shares: Sequence[int], heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:
    titles = [paragraph(one, HEADS, "center", line=16) for one in heads]
    return grid(shares, titles, ([_text(text) for text in texts] for texts in rows), (560, 380))


def _text(text: str) -> Any:
    ranked = text.isdecimal() and len(text) <= RANK
    return paragraph(text or "—", SMALL, "left" if text and not ranked else "center", line=17)

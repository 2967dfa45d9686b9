"""Entries as a table that a spreadsheet opens: nothing in it is reckoned, and what is wrong is named by its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.desk.entries.general import cleaned, ended, fault, tidy, unfounded
from bot.desk.entries.life import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_SOURCE,
    MOST_SIMILAR,
    EntryBegun,
    Item,
    Kind,
    Words,
)
from bot.turn.wording import say

BOM: Final = "\ufeff"
COLUMNS: Final = ("编号", "类别", "状态", "问题", "答案", "相似问法", "有效至", "作者", "审核", "工单", "依据")
WANTED: Final = ("问题", "答案")
KINDS: Final[dict[str, Kind]] = {"": "faq", "常见问题": "faq", "口径": "ruling"}
# What a spreadsheet takes for the beginning of a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
MOST_ROWS: Final = 2000


@dataclass(frozen=True)
class Read:
    """What a table holds: its entries, and a sentence for each line that can't be one."""

    rows: tuple[EntryBegun, ...]
    wrong: tuple[str, ...]


def escaped(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) or cell.startswith(("'=", "'+", "'-", "'@")) else cell


def plain(cell: str) -> str:
    """A cell as it was before it was escaped."""
    said = cell.strip()
    return said[1:] if said.startswith("'") and said[1:].startswith((*FORMULA, "'")) else said


def table(items: Sequence[Item]) -> str:
    """Entries as CSV in UTF-8 with a mark, so that a spreadsheet reads it as such; of one that is being changed the
    words that answer."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in (item.told or item for item in items):
        kind = "口径" if one.kind == "ruling" else "常见问题"
        cells = (str(one.number), kind, say(f"faq.{one.state}"), one.question, one.answer, "\n".join(one.similar))
        more = (one.valid_until, one.author_name, one.approver_name, str(one.ticket or ""), one.source)
        writer.writerow([escaped(cell) for cell in (*cells, *more)])
    return BOM + out.getvalue()


def read(text: str) -> Read:
    """The entries of a table; a line that can't be one is named by its number in the file."""
    reader = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True)
    rows: list[EntryBegun] = []
    wrong: list[str] = []
    heads: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            first, line = line, reader.line_num + 1
            if heads is None:
                heads = [one.strip() for one in cells]
                if lacking := [one for one in WANTED if one not in heads]:
                    return Read((), (say("faq.csv_heads", names="、".join(lacking)),))
            elif any(one.strip() for one in cells):
                entry = _row(first, dict(zip(heads, map(plain, cells), strict=False)), len(cells) > len(heads))
                rows += [entry] if isinstance(entry, EntryBegun) else []
                wrong += [entry] if isinstance(entry, str) else []
    except csv.Error:
        wrong.append(say("faq.csv_broken", line=line))
    if heads is None:
        return Read((), (say("faq.csv_heads", names="、".join(WANTED)),))
    if len(rows) > MOST_ROWS:
        return Read((), (say("faq.csv_many", most=MOST_ROWS),))
    return Read(tuple(rows), tuple(wrong))


def _row(line: int, cells: dict[str, str], spilt: bool) -> EntryBegun | str:
    question, answer = cleaned(cells.get("问题", "")), ended(cells.get("答案", ""))
    similar = tuple(dict.fromkeys(one for each in cells.get("相似问法", "").splitlines() if (one := cleaned(each))))
    kind, until, source = KINDS.get(cells.get("类别", "")), cells.get("有效至", ""), tidy(cells.get("依据", ""))
    why = ""
    if spilt:
        why = say("faq.csv_spilt")
    elif not question or not answer:
        why = say("faq.csv_empty")
    elif kind is None:
        why = say("faq.csv_kind")
    elif not _is_day(until):
        why = say("faq.csv_day")
    elif unfounded(source):
        why = say("faq.csv_source", most=LONGEST_SOURCE)
    elif len(similar) > MOST_SIMILAR or fault(question, answer) or any(fault(way, "") for way in similar):
        why = say("faq.csv_text", question=LONGEST_QUESTION, answer=LONGEST_ANSWER, similar=MOST_SIMILAR)
    if why or kind is None:
        return say("faq.csv_line", line=line, why=why)
    return EntryBegun(Words(question, answer, similar, until, source), kind)


def _is_day(text: str) -> bool:
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

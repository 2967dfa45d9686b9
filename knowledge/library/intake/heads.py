"""What a document says about itself: its title at the head, its issuer and date at the foot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from knowledge.library.intake.content import Block, Content

DATE: Final = re.compile(r"^(?:（|\()?(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日(?:）|\))?$")
ISO: Final = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
BODY: Final = re.compile(r"(厅|局|委|委员会|部|办|办公室|政府|会|院|中心|公司|大学|协会|学会)$")
WORDY: Final = re.compile(r"[。；，：]")
PROGRAMS: Final = re.compile(r"\.(docx?|wps|pdf|xlsx?)$|^(文档|Microsoft|PowerPoint|untitled)", re.IGNORECASE)
FILE_NUMBER: Final = re.compile(r"〔\d{4}〕|^(附件\s?\d*|第?\d+页?)$")


def title_of(content: Content, otherwise: str) -> str:
    """The title: what the file states, else its first heading or short line, else `otherwise`."""
    if content.title and not PROGRAMS.search(content.title):
        return content.title[:200]
    heads = [block.text for block in content.blocks if block.level == 1][:1]
    firsts = [block.text for block in content.blocks[:6] if not block.rows and _is_title(block.text)]
    return (*heads, *firsts, otherwise)[0][:200]


def _is_title(text: str) -> bool:
    numbered = re.match(r"^(第.{1,3}[章条节]|[一二三四五六七八九十]+、|（|\d)", text)
    return 3 < len(text) <= 60 and not WORDY.search(text) and not FILE_NUMBER.search(text) and not numbered


def issued(blocks: Sequence[Block]) -> tuple[str, date | None]:
    """The issuer and date that stand below each other, the last such pair; empty and None when there is none."""
    lines = [line.strip() for block in blocks if not block.rows for line in block.text.split("\n")]
    for place in range(len(lines) - 1, -1, -1):
        if match := DATE.match(lines[place]):
            above = re.sub(r"\s", "", lines[place - 1]) if place else ""
            issuer = above if len(above) <= 40 and BODY.search(above) and not WORDY.search(above) else ""
            return issuer, _day(match.groups())
    return "", None


def day_in(text: str) -> date | None:
    """The day that a date written 2026-03-23 or 2026年3月23日 means; None for anything else."""
    match = ISO.match(text.strip())
    return _day(match.groups()) if match else None


def _day(parts: Iterable[str]) -> date | None:
    try:
        return date(*map(int, parts))
    except ValueError:
        return None

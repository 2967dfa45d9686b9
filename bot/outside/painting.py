"""A card as a picture."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from bot.turn.card import HEAD, Card

WIDE: Final = 760
ROW: Final = 56
EDGE: Final = 36
BAR: Final = (390, 590)  # where the bars begin and end
INK, PALE, FAINT, GOOD, OPEN = "#1f2933", "#7b8794", "#e4e7eb", "#2f855a", "#2b6cb0"
# Where fonts with Chinese lie on systems that have no fontconfig to ask.
KNOWN: Final = (
    "C:/Windows/Fonts/msyh.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/STHeiti Medium.ttc",
)


@lru_cache(maxsize=1)
def font() -> tuple[str, int]:
    """A font file with simplified Chinese and the face in it, ("", 0) when the machine has none."""
    asked = shutil.which("fc-match")
    if asked:
        command = [asked, "-f", "%{file}\t%{index}\t%{lang}", "sans-serif:lang=zh-cn"]
        told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10).stdout.split("\t")
        if len(told) == 3 and "zh-cn" in told[2].split("|"):
            return told[0], int(told[1])
    return next(((one, 0) for one in KNOWN if Path(one).is_file()), ("", 0))


def drawn(card: Card, out: Path) -> Path | None:
    """The card as a PNG file at `out`, None where no font can write it."""
    if not font()[0]:
        return None
    from PIL import Image, ImageDraw  # noqa: PLC0415 - loads with the first card

    high = EDGE * 2 + 62 + ROW * len(card.rows) + (44 if card.foot else 0)
    picture = Image.new("RGB", (WIDE, high), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((EDGE, EDGE), _fit(draw, card.title, 30, WIDE - 2 * EDGE), INK, _face(30))
    for place, row in enumerate(card.rows):
        _row(draw, EDGE + 62 + ROW * place, row, card.counts)
    if card.foot:
        draw.text((EDGE, high - EDGE - 30), _fit(draw, card.foot, 22, WIDE - 2 * EDGE), PALE, _face(22))
    out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    picture.quantize(32).save(out, "PNG", optimize=True)
    return out


def _row(draw: Any, top: int, row: tuple[str, int, int], counts: bool) -> None:
    label, done, of = row
    middle, (left, right) = top + ROW // 2, BAR
    if of == HEAD:
        draw.text((EDGE, middle + 6), _fit(draw, label, 22, right - EDGE), PALE, _face(22), anchor="lm")
        return
    draw.text((EDGE, middle), _fit(draw, label, 24, left - EDGE - 16), INK if of else PALE, _face(24), anchor="lm")
    if not of:
        draw.text((right + 24, middle), "不用填", PALE, _face(22), anchor="lm")
        return
    draw.rounded_rectangle((left, middle - 8, right, middle + 8), 8, FAINT)
    if done:
        end = left + max(16, (right - left) * done // of)
        draw.rounded_rectangle((left, middle - 8, end, middle + 8), 8, GOOD if done == of and not counts else OPEN)
    said = str(done) if counts else "已完成" if done == of else f"{done}/{of}"
    draw.text((right + 24, middle), said, GOOD if done == of and not counts else INK, _face(22), anchor="lm")


@lru_cache(maxsize=8)
def _face(size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415

    name, index = font()
    return ImageFont.truetype(name, size, index=index)


def _fit(draw: Any, text: str, size: int, wide: int) -> str:
    """The text, cut with an ellipsis where it would not fit."""
    shown = text
    while draw.textlength(shown, _face(size)) > wide and len(shown) > 1:
        shown = shown[:-2] + "…"
    return shown

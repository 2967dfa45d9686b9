"""What goes on under a cover's label: a value in the next paragraph, or one broken over several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from drafting.word.blocks import Block, Line
from drafting.word.labels import Label, inline

ANY_LABEL = re.compile(r"[^:：，。；]{1,12}[:：]")
DATED = r"[\d〇零一二三四五六七八九十\s]+年.{0,8}[月日]?$"
ELSE = re.compile(rf"须\s*知|说\s*明$|(?:[编印]|[厅局部委]\s*)制$|^[一二三四五六七八九十\d]+[、.．]|{DATED}")
BLANK = " \u3000\t_＿\r"


def below(blocks: Sequence[Block], empty: bool, labels: tuple[Label, ...]) -> tuple[Any, ...]:
    """The paragraphs that a value goes on in, given what stands after its label's line; gaps only before it starts."""
    return tuple(_continued(blocks, empty, labels))


def _continued(blocks: Sequence[Block], waiting: bool, labels: tuple[Label, ...]) -> Iterator[Any]:
    for block in blocks:
        if not isinstance(block, Line) or block.text.startswith("\n"):
            return
        said = block.text.strip(BLANK)
        if said and not _goes_on(said, labels):
            return
        if said:
            yield block.paragraph
            waiting = False
        if block.text.endswith("\n") or not (said or waiting):
            return


def _goes_on(said: str, labels: tuple[Label, ...]) -> bool:
    known = any(inline(said, words) for one in labels for words in (one.group + one.text, one.text))
    return not known and ANY_LABEL.match(said) is None and ELSE.search(said) is None

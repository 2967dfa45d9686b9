"""What stands under the promise and the opinion: their words, then who signs and when. Read, never written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafting.form.cells import Form, Promise
from drafting.ooxml.blocks import Line
from knowledge.call.definition import Call

SIGNED = re.compile(r"\n|(?=承诺(?:单位|时间)[^:：\n]{0,8}[:：])")
SEAL = re.compile(r"盖\s*章|公\s*章|签\s*章|承诺单位|承诺时间|日\s*期")
UNIT = re.compile(r"(?:盖章|公章|签章)?[)）]?\s*[:：]\s*(.*?)\s*(?=承诺时间|时间|日期|$)")
NUMERAL = r"[\d〇零一二三四五六七八九十]"
DATE = re.compile(rf"{NUMERAL}{{2,4}}\s*[年./-]\s*{NUMERAL}{{1,3}}\s*[月./-]\s*{NUMERAL}{{1,3}}\s*日?")
EMPTY_DATE = re.compile(r"[\s\u3000]*年[\s\u3000]*月[\s\u3000]*日")


@dataclass(frozen=True)
class _Signed:
    lines: Sequence[Line]

    def write(self, form: Form, call: Call) -> None:
        """Seal, date and opinion are somebody else's."""

    def apart(self) -> tuple[list[str], list[str]]:
        """The lines as they are seen, cut at soft breaks and before a signature: the words, and who signs."""
        texts = [piece.strip(" \u3000\t") for line in self.lines for piece in SIGNED.split(line.text)]
        signed = next((position for position, text in enumerate(texts) if SEAL.search(text)), len(texts))
        return texts[:signed], texts[signed:]


class PromiseLines(_Signed):
    """The promise."""

    def read(self) -> dict[str, Promise]:
        """Its statements, who signs, and when."""
        statements, below = self.apart()
        date = DATE.search("\n".join(below))
        unit = next((found.group(1) for text in below if "章" in text and (found := UNIT.search(text))), "")
        signer = EMPTY_DATE.sub("", unit).strip("_＿ \u3000")
        return {"promise": Promise(tuple(filter(None, statements)), signer, date.group(0) if date else "")}


class OpinionLines(_Signed):
    """The recommender's opinion."""

    def read(self) -> dict[str, str]:
        """Its words."""
        words = (re.sub(r"^意见\s*[:：]", "", text).strip() for text in self.apart()[0])
        return {"opinion": "\n".join(filter(None, words))}

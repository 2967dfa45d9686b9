"""Figures said against one that stands: 翻一番, 减半, 砍掉两个, 再加5个; and one figure said twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from drafting.form.amounts import DATA
from drafting.form.draft import Amount
from drafting.phrasebook import pattern, source
from drafting.reading.quantities import NUMERAL
from knowledge.language.numerals import to_number

_STEPS: Final = (1000, 1024)


@dataclass(frozen=True)
class Change:
    """What becomes of a figure: `factor` times it, plus `step` in `unit`; `unclear` where people mean two things."""

    factor: Fraction = Fraction(1)
    step: int | float = 0
    unit: str = ""
    at: int = 0
    unclear: bool = False

    @property
    def grows(self) -> bool:
        """True for a figure added, which may also be one of its own: 再加5个."""
        return self.step > 0


def change(piece: str) -> Change | None:
    """The change of a figure that a piece speaks of, None for one that gives a figure of its own."""
    if pattern("amounts.twofold").search(piece):
        return Change(unclear=True)
    folded = pattern("amounts.folds").search(piece)
    if folded:
        return Change(Fraction(2) ** int(to_number(folded["folds"] or "1") or 1))
    if pattern("amounts.halved").search(piece):
        return Change(Fraction(1, 2))
    less = pattern("amounts.lessened").search(piece)
    if less:
        return Change(1 - Fraction(int(to_number(less["share"]) or 1), int(to_number(less["base"]) or 1)))
    times = pattern("amounts.multiplied").search(piece)
    if times:
        return Change(Fraction(str(to_number(times["number"]) or 1)))
    return _stepped(piece)


def _stepped(piece: str) -> Change | None:
    found = re.search(
        rf"(?:(?P<up>{source('amounts.up')})|(?P<down>{source('amounts.down')}))(?:掉|了|去|上)*"
        rf"(?P<number>{NUMERAL})(?!{source('amounts.idle')}|分之|[成几来多余])\s*(?P<unit>[个家项件款套张条]|[TPGtpg][Bb]?|小时)?(?![A-Za-z\d])",
        piece,
    )
    value = to_number(found["number"]) if found else None
    if not found or value is None:
        return None
    return Change(step=value if found["up"] else -value, unit=(found["unit"] or "").upper(), at=found.start())


def applied(said: Change, base: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """The figures after a change; none where it can't be told which of several is meant, or in what unit."""
    if said.unclear or (said.step and len(base) != 1):
        return ()
    if said.step:
        unit = f"{said.unit}B" if f"{said.unit}B" in DATA else said.unit
        if (unit in DATA or base[0].unit in DATA) and unit not in ("", base[0].unit):
            return ()
    return tuple(one.model_copy(update={"value": _changed(one.value, said)}) for one in base)


def _changed(value: int | float, said: Change) -> int | float:
    new = Fraction(str(value)) * said.factor + Fraction(str(said.step))
    return int(new) if new.denominator == 1 else float(new)


def same(one: Amount, other: Amount) -> bool:
    """True for two ways to write one figure: 1.2PB and 1200TB."""
    if one.unit == other.unit:
        return one.value == other.value
    if one.unit not in DATA or other.unit not in DATA:
        return False
    apart = DATA.index(one.unit) - DATA.index(other.unit)
    first, second = Fraction(str(one.value)), Fraction(str(other.value))
    return any(first * Fraction(step) ** apart == second for step in _STEPS)

"""Names of organisations that look like two writings of one: without the legal form, without the region, shortened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from drafting.form.names import BRACKETS, PROVINCE_SUFFIX, is_short_name
from knowledge.call.definition import Call
from knowledge.language.folding import fold, is_subsequence

FORM = re.compile(r"(?:(?:集团)?(?:股份有限|有限责任|股份|有限)?公司|集团)$")
ALIKE = 0.75
LEAST = 4  # a shorter name inside a longer one says nothing


def kin(names: Sequence[str], call: Call) -> Iterator[tuple[str, str]]:
    """Pairs of folded names that seem to mean one organisation, each pair once, in the order given.

    A short name that fits several full ones is nobody's.
    """
    cores = {name: core(name, call) for name in names}
    pairs = [pair for pair in combinations(names, 2) if _akin(pair, cores)]
    fits = [one for pair in pairs for one in pair]
    for pair in pairs:
        short = [one for one in pair if is_short_name(one) and fits.count(one) > 1]
        if not short or cores[pair[0]] == cores[pair[1]]:
            yield pair


def alike(one: str, other: str) -> bool:
    """True when a name looks like the other corrected or completed, not like another organisation's."""
    bare, full = sorted((FORM.sub("", BRACKETS.sub("", fold(name))) for name in (one, other)), key=len)
    inside = len(bare) >= LEAST and is_subsequence(bare, full)
    return inside or SequenceMatcher(None, bare, full, autojunk=False).ratio() >= ALIKE


def core(name: str, call: Call) -> str:
    """The name without remarks, legal form and region; what little would be left over stays as it is."""
    bare = BRACKETS.sub("", name)
    region = call.call.region
    for opening in (region, PROVINCE_SUFFIX.sub("", region)):
        if bare.startswith(opening) and len(FORM.sub("", bare[len(opening) :])) >= LEAST:
            bare = bare.removeprefix(opening)
    found = FORM.sub("", bare)
    return found if len(found) > 1 else bare


def _akin(pair: tuple[str, str], cores: dict[str, str]) -> bool:
    if cores[pair[0]] == cores[pair[1]]:
        return True
    short, full = sorted(pair, key=len)
    if not is_short_name(short) or is_short_name(full):
        return False
    inside, whole = cores[short], cores[full]
    if len(inside) >= LEAST and inside in whole:
        return True
    return 2 <= len(inside) < len(whole) and inside[0] == whole[0] and is_subsequence(inside, full)

"""Commands, questions and small talk, told apart from values; a message that states something and asks something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from drafting.form.understood import Understood
from drafting.phrasebook import pattern, source, table
from drafting.reading.setting import Setting

LONGEST_COMMAND = 40
LONGEST_ASIDE = 30
# A dozen fillers in a row is no command, and the pattern's cost grows with them.
LONGEST_SLOTS = 16
_LABELLED = re.compile(r"[：:]\s*\S{8,}|@|\d{7,}")
_SURE = re.compile(r"[?？吗]\s*$")
_CLAUSES = re.compile(r"[\s，,。.！!；;、~～…？?]+")
_TWICE = re.compile(r"(.{1,4}?)[，,\s]*(?:\1[，,\s]*)+")
_WEAK = ("confirm", "deny", "greet", "unsure")


@lru_cache(maxsize=128)
def command(text: str) -> str:
    """The command a short message is, empty when it is none.

    A yes or no before another command only leads up to it: 对，导出 exports.
    """
    whole = text.strip(" 。.!！~～…，,\n")
    if not 0 < len(whole) <= LONGEST_COMMAND:
        return ""
    if _waived(whole):
        return ""
    found = _single(whole)
    clauses = [clause for clause in _CLAUSES.split(whole) if clause]
    if found or len(clauses) < 2:
        return found
    names = [_single(clause) for clause in clauses if not _waived(clause)]
    if any(names) and not all(names):
        names = [name for clause, name in zip(clauses, map(_single, clauses), strict=True) if not _led(clause, name)]
    if not names or not all(names):
        return ""
    return next((name for name in names if name not in _WEAK), names[0])


def _led(clause: str, name: str) -> bool:
    """True for a clause that only gives the reason of the command beside it: 材料齐了，导出."""
    return not name and any(pattern(f"commands_beside.{key}").fullmatch(clause) for key in ("reason", "slip"))


def _waived(clause: str) -> bool:
    """True for a command that is not wanted: 不用再预览了."""
    found = pattern("commands_beside.waived").fullmatch(clause)
    return bool(found and _single(found["what"]))


def _single(text: str) -> str:
    wanted = (_commands().fullmatch(candidate) for candidate in dict.fromkeys(_candidates(text)) if candidate)
    found = next((one for one in wanted if one), None)
    if not found and len(text) <= LONGEST_SLOTS:
        found = _slots().fullmatch(text)
    return (found.lastgroup or "") if found else ""


@lru_cache(maxsize=1)
def _commands() -> re.Pattern[str]:
    """Every command under its own name; the first in the order of the file wins."""
    named = (f"(?P<{name}>{source(f'commands.{name}')})" for name in table("commands"))
    return re.compile("|".join(named), re.IGNORECASE)


@lru_cache(maxsize=1)
def _slots() -> re.Pattern[str]:
    """Per command: its core word among its own words and fillers, in any order."""
    filler = source("slots.filler")
    out = []
    for name, slot in table("slots").items():
        if isinstance(slot, dict):
            beside = rf"(?:{filler}|{slot['words']}|{slot['core']})*"
            out.append(rf"(?P<{name}>{beside}(?:{slot['core']}){beside}[?？]?)")
    return re.compile("|".join(out), re.IGNORECASE)


def _candidates(text: str) -> Iterator[str]:
    """The text as it is, said once, then without what politeness puts before and behind."""
    yield text
    twice = _TWICE.fullmatch(text)
    if twice:
        yield twice.group(1)
    bare = _before().sub("", text).strip(" ，,")
    yield bare
    yield _after().sub("", text)
    yield _after().sub("", bare)


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(f"^(?:{source('politeness.before')})+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile(f"(?:{source('politeness.after')})+$", re.IGNORECASE)


@lru_cache(maxsize=128)
def asks(text: str) -> bool:
    """True for a question about the notice or the form; a labelled value is none, whatever it ends with."""
    short = pattern("question.rhetorical").sub("", text if len(text) < 120 else text[-60:])
    short = pattern("amounts.as_many").sub("", short)
    looks = any(pattern(f"question.{name}").search(short) for name in ("ends", "anywhere", "counts"))
    return looks and not (_LABELLED.search(text) and not _SURE.search(text))


def aside(text: str) -> bool:
    """True for small talk: waiting, thanks, the weather; never for a text with a figure or a label in it."""
    said = text.strip(" 。.!！~～…，,\n")
    plain = len(said) <= LONGEST_ASIDE and not re.search(r"[\d：:@?？√×]", said)
    return plain and any(pattern("aside.said").fullmatch(piece) for piece in (said, *said.split("，")[:1]))


LONGEST: Final = 120
LEAST: Final = 2
_CLAUSE: Final = re.compile(r"(?<=[。！!；;])|(?<=[，,])(?!\d{3})")
_SOUND: Final = re.compile(r"[\u4e00-\u9fff\w]")


def told_and_asked(text: str) -> tuple[str, str]:
    """What is stated and what is asked behind it; both empty where there are no such two.

    可以吗 behind a statement asks about that statement, which then is none; lines are a list, not a question.
    """
    clauses = [one for one in _CLAUSE.split(text) if one.strip()]
    if len(text) > LONGEST or "\n" in text.strip() or len(clauses) < 2:
        return "", ""
    first = next((place for place in range(1, len(clauses)) if asks(_bare(clauses[place]))), 0)
    head, tail = "".join(clauses[:first]), "".join(clauses[first:])
    if not first or asks(head) or _of_statement(tail):
        return "", ""
    return _bare(head), tail.strip()


def _bare(clause: str) -> str:
    return clause.strip(" ，,。；;！!")


def _of_statement(tail: str) -> bool:
    """True for a question that has no subject of its own."""
    rest = pattern("question.about_it").sub("", tail)
    return len(_SOUND.findall(rest)) < LEAST


def stated(shown: str, setting: Setting, read: Callable[[str, Setting], Understood]) -> Understood | None:
    """The facts of a message with its question as the intent, None where it states nothing sound beside one."""
    head, _tail = told_and_asked(shown)
    got = read(head, setting) if head else Understood()
    return replace(got, intent="ask_policy") if got.says_facts and not got.problems else None

"""What no draft can hold, said in so many words: other words of the promise, two names for one thing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from drafting.form.problem import Problem
from drafting.form.short_names import NAME
from drafting.form.understood import Understood
from drafting.phrasebook import any_of, pattern, source
from drafting.reading.intents import asks
from drafting.reading.setting import Setting
from knowledge.call.definition import Call, Field
from knowledge.language.folding import fold, same

# 承诺 alone may be anybody's.
LEAST: Final = 3
SHORT: Final = 40
_MONTH: Final = re.compile(r"(?P<year>20\d\d)\s*年\s*(?P<month>\d{1,2})\s*月")
_QUOTED: Final = re.compile(r"[“\"「『](?P<words>[^”\"」』]{4,})[”\"」』]")


def refused(shown: str, setting: Setting) -> Understood | None:
    """The Problem of a message that wants such a thing, None for any other message."""
    readers = (_other_promiser, _altered, _two_names, _no_profile, _too_late)
    found = (read(shown, setting) for read in readers if not asks(shown))
    problem = next((one for one in found if one), None)
    return Understood(problems=(problem,)) if problem else None


def _other_promiser(shown: str, setting: Setting) -> Problem | None:
    """commitment_unit_mismatch: somebody else than the lead is to promise (R22)."""
    section, lead = setting.call.of_kind("commitment"), setting.call.field_of_kind("lead")
    found = re.search(source("refused.promiser").format(NAME), shown)
    name = setting.draft.fields.get(lead.id, "") if lead else ""
    if not (section and lead and found) or same(found["name"], name) or (not name and "参与" not in shown):
        return None
    text = f"承诺书由牵头单位承诺，不能写“{found['name']}”。"
    return Problem("commitment_unit_mismatch", section.id, text, section.clause)


def _no_profile(shown: str, setting: Setting) -> Problem | None:
    """member_profile_missing: participants are to be left without a profile (R18)."""
    lead = re.search(source("members.itself"), shown)
    if not setting.draft.members or lead or not pattern("refused.no_profile").search(shown):
        return None
    text = "参与单位要写单位简介，不能空着；只有牵头单位的简介写在第一部分。"
    return Problem("member_profile_missing", "members", text, setting.call.clauses.get("roles", ""))


def _too_late(shown: str, setting: Setting) -> Problem | None:
    """date_out_of_range: a short word on the plan with a month outside the period (V14)."""
    if len(shown) > SHORT or not _MONTH.search(shown):
        return None
    call, found = setting.call, [(int(one["year"]), int(one["month"])) for one in _MONTH.finditer(shown)]
    plans = [section for section in call.narratives() if section.every_aspect]
    ways = {way for section in plans for one in section.aspects for way in (one.name, *one.ways)}
    if not ways or not re.match(rf"(?:把|将)?(?:{any_of(ways)})[^：:]*$", shown):
        return None
    first, last = ((day.year, day.month) for day in (call.period.start, call.period.end))
    if all(first <= one <= last for one in found):
        return None
    text = f"计划要在{first[0]}年{first[1]}月至{last[0]}年{last[1]}月之内。"
    return Problem("date_out_of_range", plans[0].id, text, call.period.clause)


def _altered(shown: str, setting: Setting) -> Problem | None:
    """commitment_altered: words of the printed promise are to be struck or changed (V19)."""
    section = setting.call.of_kind("commitment")
    if section is None or not section.statements or not pattern("refused.alters").search(shown):
        return None
    printed = fold("".join(section.statements))
    quoted = any(fold(one["words"]) in printed for one in _QUOTED.finditer(shown))
    ways = {way for way in (section.title, *section.ways) if len(way) >= LEAST}
    named = re.search(rf"(?:{any_of(ways)}){source('refused.of_promise')}", shown)
    if not (quoted or named):
        return None
    text = "承诺书是印好的原文，不能增删改动；哪一条做不到，请先和推荐单位商量。"
    return Problem("commitment_altered", section.id, text, section.clause)


def _two_names(shown: str, setting: Setting) -> Problem | None:
    """consortium_name_mismatch and its like: another value on the cover than in section one (V01)."""
    for field, wanted in _covers(setting.call):
        found = wanted.search(shown)
        if found and not same(found["cover"], found["form"]):
            text = f"封面写“{found['cover']}”，正文写“{found['form']}”，不一致；两处用同一个，请说定一个。"
            return Problem(f"{field.id}_mismatch", field.id, text, field.clause)
    return None


@lru_cache(maxsize=4)
def _covers(call: Call) -> tuple[tuple[Field, re.Pattern[str]], ...]:
    """Every cell of the cover, and how one says what stands there and what in section one."""
    fields = [call.field_by_id[key] for key in call.cover]
    ways = (any_of({field.cover, field.label, *field.ways}) for field in fields)
    return tuple(
        (field, re.compile(source("refused.two_names").format(way))) for field, way in zip(fields, ways, strict=True)
    )

"""The cells of the form in a message: labelled, shaped, named in the table, or bare after a question; each checked."""

from __future__ import annotations

import re
from typing import Final

from drafting.form.draft import Draft
from drafting.form.problem import Problem
from drafting.form.short_names import NAME, ONE
from drafting.form.understood import Understood
from drafting.form.values import check_field, find_chain, find_cluster
from drafting.phrasebook import pattern, source
from drafting.reading import clusters as industries
from drafting.reading import fields as said
from drafting.reading.correcting import dialled
from drafting.reading.persons import is_name, person
from drafting.reading.setting import Setting
from knowledge.call.definition import Call, Field

TABLED: Final = ("cluster", "chain")
LONGEST_NAME: Final = 60
LONGEST_SHORT: Final = 24
LONGEST_CHATTER: Final = 6


def cells(shown: str, setting: Setting) -> Understood:
    """Every cell a message gives a value for, and what breaks a rule."""
    call, asked = setting.call, setting.asked_field
    shown = dialled(shown)
    raw = said.labelled(shown, call)
    shapes = said.shaped(shown, call)
    contact = bool(asked and asked.personal) or any(call.field_by_id[key].personal for key in {**shapes, **raw})
    someone = person(shown, call, contact=contact)
    raw = {key: value for key, value in raw.items() if not pattern("fields.just_us").fullmatch(value)}
    someone = {key: value for key, value in someone.items() if not _is_label(value, call)}
    raw = said.leader(shown, call) | shapes | someone | {key: value for key, value in raw.items() if key not in someone}
    raw |= said.absent(shown, call)
    known = setting.draft.fields
    raw |= {key: known[other] for key, other in said.pointed(shown, call).items() if other in known}
    industry = industries.named(shown, call)
    if industry or (asked and asked.kind in TABLED):
        raw = industries.linked(shown, call) | raw
    elif not raw:
        raw = industries.product(shown, call)
    named = {key for key in raw if call.field_by_id[key].kind in TABLED}
    if industry and (named or _is_industry(shown, industry, setting)):
        raw = {key: value for key, value in raw.items() if key not in named or _stands(key, value, industry, call)}
        raw |= industry
    raw = raw or _ourselves(shown, setting) or industries.made(shown, call, asked)
    if raw and asked and asked.id not in raw:
        raw |= _before_labels(shown, asked, call)
    lead, body = call.field_of_kind("lead"), call.field_of_kind("recommender")
    if body and body.id in raw:
        raw[body.id] = said.of_city(raw[body.id], shown, call)
    if lead and lead.id in raw:
        raw = said.profile(shown, raw[lead.id], call) | raw
    return checked(raw, setting)


def _is_label(value: str, call: Call) -> bool:
    """True for a word that is printed before a cell, never in one: 联系人电话 names nobody."""
    return any(value.startswith((field.label, *field.ways)) for field in call.field_by_id.values())


def _ourselves(shown: str, setting: Setting) -> dict[str, str]:
    """Who we are, while no lead is known, and what we make: 我们是某某有限公司，做工程机械的."""
    lead = setting.call.field_of_kind("lead")
    found = re.match(rf"(?:{source('fields.we_are')})(?P<name>{NAME})(?P<rest>.*)$", shown, re.DOTALL)
    if not lead or not found or setting.draft.fields.get(lead.id) or pattern("fields.not_lead").search(found["rest"]):
        return {}
    return {lead.id: found["name"]} | industries.made(found["rest"].strip(" ，,。"), setting.call, None)


def _stands(key: str, value: str, industry: dict[str, str], call: Call) -> bool:
    """True for a value beside names of the table: one it knows as it stands, or another one that holds none of them."""
    tabled = bool(find_cluster(value, call) or find_chain(value, call))
    return tabled or (key not in industry and not any(name in value for name in industry.values()))


def _is_industry(shown: str, named: dict[str, str], setting: Setting) -> bool:
    """True when names of the table stand for the form's cells: asked for, behind their label, or nearly alone."""
    asked, rest = setting.asked_field, shown
    for name in named.values():
        rest = rest.replace(name, "")
    for word, chain in setting.call.chain_of_product.items():
        rest = rest.replace(word, "") if chain in named.values() else rest
    fields = [setting.call.field_by_id[key] for key in named]
    labelled = any(f"{way}{name}" in shown for field in fields for way in field.ways for name in named.values())
    alone = not re.sub(rf"{source('fields.industry')}|\W", "", rest)
    return labelled or alone or bool(asked and asked.kind in TABLED)


def _before_labels(shown: str, asked: Field, call: Call) -> dict[str, str]:
    """What stands before the first label answers the question: 某某有限公司，推荐单位填……"""
    head = said.unlabelled(shown, call)
    if head and not re.search(r"[，,；;。：:\s]$", head):
        return {}
    head = head.strip(" ，,；;。")
    if any(head.startswith(way) for field in call.field_by_id.values() if field != asked for way in field.ways):
        return {}
    value = bare(head, asked) if head else None
    return {asked.id: value} if value and asked.kind in ("text", "lead", "person") else {}


def checked(raw: dict[str, str], setting: Setting) -> Understood:
    """The values that pass their field's check, in the order of the form; the rest as problems."""
    draft, good, problems = setting.draft, {}, []
    for field in setting.call.field_by_id.values():
        if field.id not in raw:
            continue
        if field.kind == "cluster":
            draft = _without_chain(draft, setting.call)
        value = check_field(field, raw[field.id], draft, setting.call)
        if isinstance(value, Problem):
            problems.append(value)
        else:
            good[field.id] = value
            draft = draft.model_copy(update={"fields": {**draft.fields, field.id: value}})
    if any(problem.code == "chain_not_in_cluster" for problem in problems):
        good = {key: value for key, value in good.items() if setting.call.field_by_id[key].kind != "cluster"}
    return Understood(fields=good, problems=tuple(problems))


def _without_chain(draft: Draft, call: Call) -> Draft:
    chain = call.field_of_kind("chain")
    left = {key: value for key, value in draft.fields.items() if not chain or key != chain.id}
    return draft.model_copy(update={"fields": left})


# ---------------------------------------------------------------- a bare answer to what was asked
def answered(shown: str, setting: Setting) -> Understood:
    """A message that is nothing but the value of the cell that was asked for; empty when it can't be one."""
    field = setting.asked_field
    value = bare(shown, field) if field and shown else None
    return checked({field.id: value}, setting) if field and value else Understood()


def bare(text: str, field: Field) -> str | None:
    """The value that a bare text is for a cell, None when it is no such thing."""
    value = said.tidy(pattern("fields.naming").sub("", text))
    if field.kind == "lead":
        return _one_name(value)
    if field.kind == "person":
        return value if is_name(value) else None
    if field.kind == "text" and (pattern("fields.speech").match(value) or _chatter(text.strip())):
        return None
    longest = LONGEST_NAME if field.kind == "text" else LONGEST_SHORT
    fits = len(value) <= longest and not re.search(r"[，。；;\n]", value)
    return value if fits or field.kind in ("phone", "email") else None


def _chatter(value: str) -> bool:
    """True for a few words that are more likely said to the assistant than written into a cell."""
    return len(value) <= LONGEST_CHATTER and bool(pattern("fields.chatter").search(value))


def _one_name(value: str) -> str | None:
    """The organisation a text names, if it is one; a short text without any is judged as it is."""
    names = [found.group() for found in ONE.finditer(value)]
    if len(names) == 1:
        if len(value) - len(names[0]) <= 2:
            return value
        beside = re.sub(source("fields.beside_name"), "", value.replace(names[0], ""))
        return names[0] if len(beside) <= 2 else None
    short = not names and len(value) <= 14 and re.fullmatch(r"[\u4e00-\u9fffA-Za-z（）()]+", value)
    return value if short and not pattern("fields.spoken").search(value) else None

"""Cover and section one: filled, in agreement, names and numbers sound."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.form.draft import Draft
from drafting.form.organisations import registered_outside
from drafting.form.problem import Finding, Problem
from drafting.form.values import (
    chain_problem,
    check_field,
    find_chain,
    find_cluster,
    find_recommender,
    lead_problem,
    missing,
    not_a_recommender,
)
from drafting.rules.subject import COVER, Reading, finding, raised
from knowledge.call.definition import Field, Section
from knowledge.language.folding import is_empty, same

DEPENDENT = re.compile(r"(?:不具有?|不具备|无|没有|非)独立(?:的)?法人")
SEVERAL = re.compile(r"[、,，;；/\n]")


def empty_cells(reading: Reading, _section: Section) -> Iterator[Finding]:
    """field_missing, contact_missing: every cell of cover and field sections is filled."""
    form, fields = reading.form, reading.call.field_by_id
    for key, field in fields.items():
        if key not in form.fields and key in form.cover:
            continue
        if is_empty(form.fields.get(key, "")):
            yield raised(missing(field), reading.at_field(key))
    for key in reading.call.cover:
        if is_empty(form.cover.get(key, "")):
            field = fields[key]
            text = f"封面“{field.cover}”没有填写。"
            yield finding("field_missing", f"{COVER}/{field.cover}", text, field.clause)


def names_agree(reading: Reading, _section: Section) -> Iterator[Finding]:
    """…_mismatch: what cover and section one say of one thing is the same (V01)."""
    for key in reading.call.cover:
        field = reading.call.field_by_id[key]
        cover, inside = reading.form.cover.get(key, ""), reading.form.fields.get(key, "")
        if not is_empty(cover) and not is_empty(inside) and not same(cover, inside):
            text = f"封面写“{cover}”，正文写“{inside}”，不一致。"
            yield finding(f"{key}_mismatch", f"{COVER}/{field.cover}", text, field.clause)


def lead(reading: Reading, _section: Section) -> Iterator[Finding]:
    """not_jiangsu_lead, lead_not_legal_person, lead_not_full_name (clauses lead, lead_name)."""
    field = reading.call.field_of_kind("lead")
    if field is None:
        return
    names = [values.get(field.id, "") for values in (reading.form.fields, reading.form.cover)]
    judged = [lead_problem(field, name, reading.call) for name in names if not is_empty(name)]
    short = [problem for problem in judged if problem and problem.code == "lead_not_full_name"]
    problems = [problem for problem in judged if problem and problem not in short]
    if short and len(short) == len(judged):
        problems.append(short[0])
    problems += _described(reading, field)
    for code in dict.fromkeys(problem.code for problem in problems):
        yield raised(next(one for one in problems if one.code == code), reading.at_field(field.id))


def _described(reading: Reading, lead_field: Field) -> list[Problem]:
    """What the lead's own description says against it."""
    profiles = [one.id for one in reading.call.field_by_id.values() if one.kind == "long_text"]
    rule = reading.call.clauses.get("lead", "")
    for key in profiles:
        profile = reading.form.fields.get(key, "")
        if DEPENDENT.search(profile):
            text = "单位情况写明不具有独立法人资格，不能牵头。"
            return [Problem("lead_not_legal_person", lead_field.id, text, rule)]
        place = registered_outside(profile, reading.call)
        if place:
            text = f"单位情况写明注册地在{place}，牵头单位应在{reading.call.call.region}注册登记。"
            return [Problem("not_jiangsu_lead", lead_field.id, text, rule)]
    return []


def recommender(reading: Reading, _section: Section) -> Iterator[Finding]:
    """recommender_not_city_bureau, recommender_abbreviated: a body that may recommend, in full (R15, R16)."""
    field = reading.call.field_of_kind("recommender")
    if field is None:
        return
    for values, where in ((reading.form.cover, f"{COVER}/{field.cover}"), (reading.form.fields, "")):
        said = values.get(field.id, "")
        if is_empty(said):
            continue
        found, full = find_recommender(said, reading.call)
        if found is None:
            yield raised(not_a_recommender(field, said), where or reading.at_field(field.id))
        elif not full:
            text = f"“{said}”不是全称，应写“{found.name}”。"
            yield finding("recommender_abbreviated", where or reading.at_field(field.id), text, field.clause)
        return


def cluster_and_chain(reading: Reading, _section: Section) -> Iterator[Finding]:
    """unknown_cluster, unknown_chain, chain_not_in_cluster: both in the table, the chain under its cluster (V03)."""
    call, form = reading.call, reading.form
    home, line = call.field_of_kind("cluster"), call.field_of_kind("chain")
    if home is None or line is None:
        return
    known = [find_cluster(one, call) for one in _several(form.fields.get(home.id, ""))]
    for key, find in ((home, find_cluster), (line, find_chain)):
        for said in _several(form.fields.get(key.id, "")):
            if find(said, call) is None:
                judged = check_field(key, said, Draft(), call)
                yield from [raised(judged, reading.at_field(key.id))] if isinstance(judged, Problem) else []
    chains = [find_chain(one, call) for one in _several(form.fields.get(line.id, ""))]
    for chain in filter(None, chains):
        problems = [chain_problem(line, chain, one, call) for one in known if one]
        if problems and all(problems):
            yield from (raised(problem, reading.at_field(line.id)) for problem in problems[:1] if problem)


def _several(text: str) -> list[str]:
    return [one for one in SEVERAL.split(text) if not is_empty(one)]


def contacts(reading: Reading, _section: Section) -> Iterator[Finding]:
    """bad_phone, bad_email: whoever reads the form can reach the contact (V12)."""
    for key, field in reading.call.field_by_id.items():
        said = reading.form.fields.get(key, "")
        if field.kind in ("phone", "email") and not is_empty(said):
            judged = check_field(field, said, Draft(), reading.call)
            if isinstance(judged, Problem):
                yield raised(judged, reading.at_field(key))


RULES = (empty_cells, names_agree, lead, recommender, cluster_and_chain, contacts)

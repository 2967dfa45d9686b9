"""Answers about the form: its parts, how long they are, what they ask for, where a cell stands."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.answers.context import Ask, Found, listed
from knowledge.call.definition import Section


def _sections(ask: Ask) -> list[Section]:
    return [ask.call.section(one) for one in ask.reading.sections]


def _said(section: Section) -> dict[str, str]:
    return {
        "number": section.number,
        "name": section.title,
        "length": str(section.length or ""),
        "aspects": listed([aspect.name for aspect in section.aspects]),
        "n_aspects": str(len(section.aspects)),
        "statements": "".join(section.statements),
    }


def length(ask: Ask) -> Found | None:
    """How long the parts named are to be; all of them when none is named."""
    sections = _sections(ask) or [one for one in ask.call.narratives() if one.length]
    sized = [one for one in sections if one.length]
    if not sections:
        return None
    if not sized:
        return Found("silent", _said(sections[0]), (f"@section:{sections[0].id}",), "not_covered")
    if len(sized) > 1:
        lines = "；".join(f"“{one.number}、{one.title}”{one.length}字左右" for one in sized)
        total = str(sum(one.length or 0 for one in sized))
        return Found("several", {"lines": lines, "total": total}, tuple(f"@section:{one.id}" for one in sized[:3]))
    return Found("one", _said(sized[0]), (f"@section:{sized[0].id}",))


def limit(ask: Ask) -> Found | None:
    """Whether a length is a hard limit."""
    sized = [one for one in _sections(ask) if one.length] or [one for one in ask.call.narratives() if one.length]
    if not sized:
        return None
    if len(sized) > 1:
        lines = "、".join(f"“{one.number}、{one.title}”{one.length}字左右" for one in sized)
        return Found("several", {"lines": lines}, tuple(f"@section:{one.id}" for one in sized[:3]))
    return Found("one", _said(sized[0]), (f"@section:{sized[0].id}",))


def aspects(ask: Ask) -> Found | None:
    """What a part of the form is to cover."""
    sections = _sections(ask)
    if not sections:
        return None
    if len(sections) > 1:
        lines = "；".join(f"“{one.number}、{one.title}”" + _covers(one) for one in sections)
        return Found("several", {"lines": lines}, tuple(f"@title:{one.id}" for one in sections[:3]))
    first = sections[0]
    variant = first.kind if first.kind in ("fields", "members", "tasks", "commitment", "opinion") else "narrative"
    values = _said(first)
    if first.kind == "fields":
        values["aspects"] = listed(_cells(first))
    whole = variant in ("fields", "members", "tasks", "opinion")
    return Found(variant, values, (f"{'@whole' if whole else '@section'}:{first.id}",))


def _cells(section: Section) -> list[str]:
    """The cells of a part, those of a group behind its name."""
    groups: dict[str, list[str]] = {}
    for field in section.fields:
        groups.setdefault(field.group or field.label, []).extend([field.label] * bool(field.group))
    return [f"{name}（{listed(labels)}）" if labels else name for name, labels in groups.items()]


def _covers(section: Section) -> str:
    return f"写{listed([aspect.name for aspect in section.aspects])}" if section.aspects else ""


def place(ask: Ask) -> Found | None:
    """Which numbered part something is."""
    sections = _sections(ask)
    return Found("", _said(sections[0]), (f"@title:{sections[0].id}",)) if sections else None


def parts(ask: Ask) -> Found | None:
    """All parts of the form in order."""
    titles = tuple(f"@title:{section.id}" for section in ask.call.sections)
    return Found("", {}, titles)


def holder(ask: Ask) -> Found | None:
    """Which part asks for an aspect that the question names."""
    for section in ask.call.narratives():
        for aspect in section.aspects:
            if aspect.name in ask.reading.aspects:
                return Found("", {**_said(section), "aspect": aspect.name}, (f"@section:{section.id}",))
    return None


def cell(ask: Ask) -> Found | None:
    """Where a cell of the form stands and what its rule says."""
    fields = [ask.call.field_by_id[one] for one in ask.reading.fields]
    if not fields:
        return None
    first = fields[0]
    section = next(one for one in ask.call.sections if first in one.fields)
    group = [one.label for one in section.fields if first.group and one.group == first.group]
    values = {"label": first.label, "number": section.number, "name": section.title, "hint": first.hint}
    values["group"] = f"{first.group}的{listed(group)}" if group else first.label
    quotes = (first.clause, f"@whole:{section.id}") if first.clause else (f"@whole:{section.id}",)
    return Found("cover" if first.cover else "plain", values, quotes)


def cover(ask: Ask) -> Found | None:
    """The cells of the cover."""
    labels = [ask.call.field_by_id[one].cover or ask.call.field_by_id[one].label for one in ask.call.cover]
    return Found("", {"labels": listed(labels)}, ("@heading:cover",)) if labels else None


def profile(ask: Ask) -> Found | None:
    """Whether a unit's profile is to be written in the table of members."""
    members = ask.call.of_kind("members")
    if members is None:
        return None
    role = "member" if ask.holds("成员") and not ask.holds("牵头") else "lead"
    return Found(role, {}, (f"@whole:{members.id}",))


RENDERERS: dict[str, Callable[[Ask], Found | None]] = {
    "section_length": length,
    "section_limit": limit,
    "section_aspects": aspects,
    "section_place": place,
    "sections_all": parts,
    "aspect_place": holder,
    "field_cell": cell,
    "cover_fields": cover,
    "profile_cell": profile,
}

"""A user's mistake as a value: what is wrong, where, and the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that can't be taken as it was said.

    `code` is one of the stable codes, `on` the task number or field id it is about,
    `text` the sentence for the person, `rule` the form's own words, empty where the form has none.
    """

    code: str
    on: str
    text: str
    rule: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing a check found in an application: `where` is section/item, `mend` says how to put it right."""

    code: str
    severity: str
    where: str
    message: str
    rule: str = ""
    mend: str = ""

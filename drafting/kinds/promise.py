"""The lead's promise: printed statements that a person confirms one by one."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.form.cells import Form
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.form.understood import Understood
from drafting.kinds.kind import Answer, Asked, FileParts, Json, Kind, Parts, Said, Words
from drafting.ooxml.prose_lines import PromiseLines
from drafting.rules.prose import promise
from drafting.rules.subject import Reading
from knowledge.call.definition import Call, Section


class Promise(Kind):
    """Statements to confirm; seal and date stay on paper. An item `promise/2` is its second statement."""

    paths = ("promised",)
    stamped = "lead"

    def items(self, section: Section, draft: Draft, call: Call) -> Iterator[tuple[str, bool]]:
        """The promise as one thing."""
        yield section.id, draft.promised

    def asked(self, section: Section, item: str, draft: Draft, call: Call) -> Asked:
        """One statement, to confirm or to leave for later."""
        answers = ((Answer("yes", Said("buttons.agree")), Answer("no", Said("buttons.later"))),)
        if not section.statements:
            return Asked((section.ask,), answers)
        number = int(item.partition("/")[2] or 1)
        said = {"number": number, "count": len(section.statements), "text": section.statements[number - 1]}
        return Asked((Said("promise.point", said), Said("promise.ask")), answers)

    def pressed(self, section: Section, item: str, value: str, draft: Draft, call: Call) -> Understood | None:
        """Confirmed or not."""
        return Understood(promised=value == "yes") if value in ("yes", "no") else None

    def helped(self, section: Section, item: str, call: Call) -> tuple[str, str, Words]:
        """What is asked, and the statements."""
        return section.ask, section.clause, ""

    def preview(self, section: Section, draft: Draft, call: Call) -> Iterator[Words]:
        """Whether it is confirmed."""
        yield "已确认，盖章和日期留到纸质件" if draft.promised else "未确认"

    def kept(self, section: Section, form: Form, call: Call) -> Parts:
        """Made where it is dated."""
        return {"promised": bool(form.promise and form.promise.date)}

    def facts(self, section: Section, draft: Draft, call: Call) -> Json:
        """True once it is made."""
        return {section.id: draft.promised}

    def stated(self, section: Section, facts: Json, call: Call) -> Parts:
        """Made where its key says so."""
        return {"promised": bool(facts.get(section.id))}

    def schema(self, section: Section, call: Call) -> Json:
        """True or false; it may be absent."""
        return {section.id: {"type": "boolean", "title": section.title, "description": "".join(section.statements)}}

    def check(self, section: Section, reading: Reading) -> Iterator[Finding]:
        """There, and as printed."""
        yield from self.absent(section, reading)
        yield from promise(reading, section)

    def there(self, section: Section, form: Form) -> bool:
        """Whether the file has its heading."""
        return f"{section.number}、{section.title}" not in form.missing

    def place(self, section: Section, found: FileParts) -> PromiseLines | None:
        """The lines under its heading, read but never written."""
        part = found.under(section)
        return PromiseLines(part.lines) if part.heading else None

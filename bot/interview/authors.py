"""Who filled what: item by item from the events of the draft, never what was filled."""

from __future__ import annotations

from collections.abc import Iterator

from bot.interview import filling
from bot.interview.paths import labels, path_label, section_label
from bot.turn.days import moment
from bot.turn.events import Recalled, Turn
from bot.turn.ground import Ground
from bot.turn.session import Session
from bot.turn.team import Note
from bot.turn.wording import say
from drafting.changes.history import ORDER, flat
from drafting.phrasebook import pattern
from knowledge.call.definition import Call
from knowledge.language.folding import fold

EVERY = 1000
Told = dict[str, Note]


def authors(session: Session, event: Recalled, ground: Ground) -> Turn:
    """A line a person and time for the whole draft, or all who ever filled the item that was asked about."""
    there = sorted((path for path in flat(session.draft) if path != ORDER), key=lambda path: _place(path, ground.call))
    wanted = pattern("clauses.authors_about").sub("", event.wanted.text.strip(" 。？?")).strip(" “”的")
    asked = [path for path in there if wanted and fold(wanted) in fold(path_label(path, ground.call))]
    if wanted and not asked:
        text = say("authors.unknown", item=wanted)
    elif wanted:
        text = "\n".join(_history(path, event.notes, ground) for path in asked)
    else:
        text = "\n".join(_all(there, event.notes, ground)) or say("authors.none")
    return filling.told(session, text, ground)


def _place(path: str, call: Call) -> tuple[int, int]:
    """Where a path stands in the form."""
    titles = [one.title for one in call.sections]
    part, _, key = path.partition("/")
    section = section_label(path, call)
    known = list(call.field_by_id) if part == "fields" else [str(one.number) for one in call.tasks]
    return titles.index(section) if section in titles else len(titles), known.index(key) if key in known else 0


def _history(path: str, notes: tuple[Note, ...], ground: Ground) -> str:
    """Who filled one item, the latest first."""
    mine = [f"{ground.team.called(one.by)}（{moment(one.at)}）" for one in reversed(notes) if path in one.changed]
    item = path_label(path, ground.call)
    if not mine:
        return say("authors.early_one", item=item)
    before = say("authors.before", who="、".join(mine[1:4])) if mine[1:] else ""
    return say("authors.one", item=item, who=mine[0], before=before)


def _all(there: list[str], notes: tuple[Note, ...], ground: Ground) -> Iterator[str]:
    """The items that one person filled on one day in a line, then those of a time before names were kept."""
    last: Told = {path: note for note in notes for path in note.changed}
    groups: dict[tuple[str, str], list[str]] = {}
    for path in there:
        if path in last:
            key = ground.team.called(last[path].by), moment(last[path].at).split(" ")[0]
            groups.setdefault(key, []).append(path)
    for (who, day), paths in groups.items():
        yield say("authors.line", who=who, day=day, items=labels(paths, ground.call, EVERY))
    early = [path for path in there if path not in last]
    if early:
        yield say("authors.early", items=labels(early, ground.call, EVERY))

"""Word files made and read: the official form filled or checked, the ranked table, a report on applications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.outside.chatfiles import own_folder
from bot.turn.events import Opened
from bot.turn.services import WriteError
from drafting.application.exchange import from_facts
from drafting.application.whole_form import form_of
from drafting.form.draft import Draft
from drafting.papers.report import Report
from drafting.papers.summary import Signed
from drafting.word import report, summary
from drafting.word.form_file import fill_within
from drafting.word.guard import UnreadableError
from drafting.word.review import review
from knowledge.call.definition import Call, Summary
from knowledge.call.pack import Pack

MOST_SAID: Final = 300_000  # characters of a form that a conversation keeps; a full one has some ten thousand


def read_form(path: Path, call: Call) -> Opened:
    """A form that was sent, read in bounded time and memory and checked by the call's rules."""
    reviewed = review(path, call)
    if not reviewed.readable:
        return Opened(path.name, None, why=reviewed.reason)
    if len(str(reviewed.application)) > MOST_SAID:
        return Opened(path.name, None, why="里面的文字太多，申报书用不了这么多，请删减后再发。")
    return Opened(path.name, from_facts(reviewed.application, call), reviewed.findings, reviewed.notes)


def fill_form(draft: Draft, call: Call, blank: Path, out: Path) -> tuple[str, ...]:
    """Fill a blank form into `out`; the labels it had no place for. WriteError in one line when there is no file.

    The blank may be anybody's: it is opened in a process of its own.
    """
    try:
        with _writing(out):
            return fill_within(form_of(draft, call), call, blank, out)
    except UnreadableError as error:
        raise WriteError(f"空白申报书 {blank.name} 用不了：{error}") from error


def write_summary(table: Summary, rows: Sequence[Sequence[str]], signed: Signed, out: Path) -> None:
    """Write the ranked table into `out`; WriteError in one line when there is no file."""
    with _writing(out):
        summary.write_summary(table, rows, signed, out)


def write_report(told: Report, out: Path) -> None:
    """Write a report on checked applications into `out`; WriteError in one line when there is no file."""
    with _writing(out):
        report.write_report(told, out)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Within the block a file is made at `out`, in a folder that nobody else reads."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield
    except OSError as error:
        raise WriteError(f"{out.name} 写不进去（{error.strerror}）") from error


@dataclass(frozen=True)
class FormWriter:
    """Fills the pack's blank form into files below `folder`, each chat's in a folder of its own."""

    pack: Pack
    folder: Path

    def __call__(self, draft: Draft, chat: str, version: int) -> tuple[Path, tuple[str, ...]]:
        """The file's absolute path and the labels the blank had no place for; WriteError when there is no file."""
        out = own_folder(self.folder, chat) / form_name(draft, self.pack.call, version)
        return out.absolute(), fill_form(draft, self.pack.call, self.pack.blank_form, out)


def form_name(draft: Draft, call: Call, version: int) -> str:
    """What the file is called: the first name of the cover, or the form's title, with the draft's version."""
    first = next((draft.fields[field] for field in call.cover if draft.fields.get(field)), call.call.form_title)
    bare = re.sub(r'[\\/:*?"<>|\s.]+', "", first)[:40] or "申报书"
    return f"{bare}_申报书_第{version}版.docx"

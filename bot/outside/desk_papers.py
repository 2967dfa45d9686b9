"""A desk's files: Word files of what was handed in, the pack of all that is ranked, and letters that came by mail."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from bot.desk.applications.life import LARGEST, Submission
from bot.desk.display_names import file_name
from bot.desk.life import MEGA
from bot.desk.papers import Arrived, Digest, Digested, Intake, Produce, Produced
from bot.interview.drafts import title
from bot.outside.chatfiles import own_folder
from bot.outside.digesting import digested
from bot.outside.word_files import fill_form, read_form, write_report, write_summary
from bot.turn.events import Opened
from bot.turn.services import WriteError
from bot.turn.wording import say
from drafting.application.exchange import to_facts
from drafting.form.draft import Draft
from drafting.papers.filing import Filing, Packed
from drafting.papers.report import Checked, Report, Reviewed
from drafting.papers.summary import Applied, Signed, rows
from drafting.word.filing import write_filing
from knowledge.call.definition import Call
from knowledge.call.pack import Pack

# What a chat can carry; a larger pack is made at the machine.
CARRIED: Final = 45 * MEGA
TABLE: Final = "00_推荐汇总表.docx"
LIST: Final = "00_报送清单.docx"


class DeskPapers:
    """Files made from the pack's blank form below `folder`, each chat's in a folder of its own."""

    def __init__(self, pack: Pack, folder: Path):
        self._pack, self._folder = pack, folder

    @property
    def _call(self) -> Call:
        return self._pack.call

    def produce(self, asked: Produce, chat: str, today: date) -> Produced:
        """The file that is asked for, below the chat's own folder."""
        folder = own_folder(self._folder, chat) / "desk"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = self._make(asked, folder, today).absolute()
            large = path.stat().st_size > CARRIED
        except (WriteError, OSError) as error:
            return Produced(asked, None, str(error) if isinstance(error, WriteError) else say("pack.disk"))
        return Produced(asked, None, say("pack.large")) if large else Produced(asked, path)

    def _make(self, asked: Produce, folder: Path, today: date) -> Path:
        if asked.what == "pack" and asked.signed:
            out = folder / f"{file_name(asked.signed.bureau.city)}_推荐材料.zip"
            self.zip(asked.of, asked.signed, asked.notes, out, today)
            return out
        (one,) = asked.of
        if asked.what == "report":
            return self._report(one, folder, today)
        out = folder / _named(f"{one.number}号", one.content, self._call)
        self._word(one, out)
        return out

    def _word(self, one: Submission, out: Path) -> None:
        """The file as it came, or the form filled from what was frozen."""
        if one.source == "mail":
            out.write_bytes(b64decode(one.file))
        else:
            fill_form(one.content, self._call, self._pack.blank_form, out)

    def _report(self, one: Submission, folder: Path, today: date) -> Path:
        out = folder / f"{one.number}号_检查报告.docx"
        reviewed = Reviewed(readable=True, findings=one.findings, application=to_facts(one.content, self._call))
        name = say("pack.called", number=one.number, what=title(one.content, self._call))
        write_report(Report(self._call, today, (Checked(name, reviewed),)), out)
        return out

    # ---------------------------------------------------------------- the pack
    def zip(self, ranked: Sequence[Submission], signed: Signed, notes: Sequence[str], out: Path, today: date) -> None:
        """The pack in `out`: table, list, and every application's file, named in order of rank."""
        with tempfile.TemporaryDirectory(prefix=".pack-", dir=out.parent) as name:
            folder = Path(name)
            files = [_named(f"{rank:02}", one.content, self._call) for rank, one in enumerate(ranked, 1)]
            for one, file in zip(ranked, files, strict=True):
                self._word(one, folder / file)
            packed = tuple(Packed(file, one.content) for one, file in zip(ranked, files, strict=True))
            filing = Filing(self._call, today, signed, TABLE, packed, tuple(notes))
            self._papers(ranked, filing, folder)
            made = folder / "made.zip"
            _zipped(made, [folder / name for name in (LIST, TABLE, *files)], today)
            made.replace(out)

    def _papers(self, ranked: Sequence[Submission], filing: Filing, folder: Path) -> None:
        table = self._call.summary
        assert table is not None
        applied = [Applied(str(one.number), one.content) for one in ranked]
        write_summary(table, rows(applied, table, self._call), filing.signed, folder / TABLE)
        write_filing(filing, folder / LIST)

    # ---------------------------------------------------------------- by mail
    def intake(self, asked: Intake, file: Path | None) -> Arrived:
        """What a file says that somebody at the desk sent: too large or known, it isn't opened."""
        if file is None:
            return Arrived(asked.asked, Opened("", None))
        try:
            size = file.stat().st_size
            content = file.read_bytes() if size <= LARGEST else b""
        except OSError:
            return Arrived(asked.asked, Opened(file.name, None))
        hash_ = hashlib.sha256(content).hexdigest() if content else ""
        if not content or hash_ in asked.asked.seen.known:
            return Arrived(asked.asked, Opened(file.name, None), size=size, hash=hash_)
        opened = read_form(file, asked.call)
        return Arrived(asked.asked, opened, b64encode(content).decode(), size, hash_)

    # ---------------------------------------------------------------- for the shelf
    def digest(self, asked: Digest, file: Path | None) -> Digested:
        """The document in a file that somebody at the desk sent for its shelf; too large or known, it isn't opened."""
        return digested(asked, file)


def _named(head: str, draft: Draft, call: Call) -> str:
    return f"{head}_{file_name(title(draft, call))}_申报书.docx"


def _zipped(out: Path, files: Sequence[Path], today: date) -> None:
    day = (today.year, today.month, today.day, 0, 0, 0)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for one in files:
            entry = zipfile.ZipInfo(one.name, day)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            made.writestr(entry, one.read_bytes())

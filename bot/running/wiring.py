"""Everything built and joined in one place: settings in, channels out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.outside.chatfiles import ChatFiles, own_folder
from bot.process.lock import only_one
from bot.process.settings import Settings
from bot.running.peek import LazyLibrary
from bot.turn.days import CHINA
from knowledge.call import pack as packs
from knowledge.call.definition import Call, Summary
from knowledge.call.pack import Pack

if TYPE_CHECKING:
    from bot.desk.letters import Notices
    from bot.dialogue.assistant import Assistant
    from bot.store import Store
    from bot.turn.budget import Budget
    from bot.turn.card import Card
    from bot.turn.events import Opened
    from bot.turn.ports import Asker
    from bot.turn.services import Helper, Writer
    from drafting.form.draft import Draft
    from drafting.papers.report import Report
    from drafting.papers.summary import Signed
    from knowledge.answers.engine import Desk
    from knowledge.library.holdings import Fixed, Library, Scope
    from knowledge.library.meaning import Meaning

MOST_SAID = 300_000  # characters of a form that a conversation keeps; a full one has some ten thousand


def pack(settings: Settings) -> Pack:
    """The call pack in force; PackError in one line when it can't be used."""
    return packs.load(packs.locate(settings.call))


def today(settings: Settings) -> date:
    """The day it is in China, or the fixed day of the settings."""
    return settings.today or datetime.now(CHINA).date()


def clock(settings: Settings) -> str:
    """The time of day in China, empty where the settings fix the day."""
    return "" if settings.today else datetime.now(CHINA).strftime("%H:%M")


def desk(settings: Settings, pack_: Pack, *, wait: bool = True) -> Desk:
    """Who answers questions, over the indexes in the data folder.

    With a model for vectors, `wait` until its collections are filled; else they fill while words are searched.
    """
    from knowledge.answers.engine import Desk  # noqa: PLC0415 - commands that ask nothing need no index

    library = LazyLibrary(settings.database, lambda: store(settings))
    leg = meaning(settings, library) if settings.embeddings else None
    opened = Desk.open(pack_, settings.data, library, leg)
    if leg and wait:
        from bot.process.progress import told  # noqa: PLC0415 - rich loads with the first bar

        told("准备向量", opened.prepare)
    return opened


def meaning(settings: Settings, library: Library) -> Callable[[Mapping[Scope, Fixed]], Meaning]:
    """The search by meaning, in the data folder or on the server of the settings; LibraryError for no such model."""
    from knowledge.library.meaning import Meaning  # noqa: PLC0415
    from knowledge.library.search import chroma  # noqa: PLC0415 - a second that only vectors are worth
    from knowledge.library.search.embeddings import embeddings, identity  # noqa: PLC0415

    key = settings.model_key.get_secret_value() if settings.model_key else ""
    model, name = embeddings(settings.embeddings, settings.model_url, key), identity(settings.embeddings)

    def opened() -> chroma.Collections:
        if settings.chroma_url:
            return chroma.served(settings.chroma_url, model, name)
        return chroma.embedded(settings.data, model, name)

    return lambda fixed: Meaning(opened, library, fixed)


def uncounted(_reason: str) -> None:
    """Nobody counts."""


def asker(settings: Settings, pack_: Pack, *, wait: bool = True, failed: Callable[[str], None] = uncounted) -> Asker:
    """Who answers questions, in the model's words when there is one."""
    own = desk(settings, pack_, wait=wait)
    if not settings.model:
        return own
    from bot.outside.model import ChatModel  # noqa: PLC0415 - only where one is configured
    from bot.outside.wordsmith import Wordsmith  # noqa: PLC0415

    key = settings.model_key.get_secret_value() if settings.model_key else ""
    model = ChatModel(settings.model, settings.model_url, key)
    model.warm()
    return Wordsmith(own, model, pack_.call.call.title, settings.model_seconds, failed)


def helper(own: Asker, settings: Settings, call: Call, failed: Callable[[str], None] = uncounted) -> Helper | None:
    """The model that words answers, to help with drafting, too; None where there is none."""
    if not settings.model:
        return None
    from bot.outside.helper import Helping  # noqa: PLC0415 - only where one is configured
    from bot.outside.wordsmith import Wordsmith  # noqa: PLC0415

    return Helping(own.model, call, settings.model_seconds, failed) if isinstance(own, Wordsmith) else None


def budget(settings: Settings, refused: Callable[[str], None] = uncounted) -> Budget:
    """How often a day a model is asked and a file opened; `refused` is told why one was not."""
    from bot.desk.applications.mailing import OPENED  # noqa: PLC0415
    from bot.desk.materials.life import BY_ALL, BY_ONE  # noqa: PLC0415
    from bot.turn.budget import Budget, Limits  # noqa: PLC0415 - conversations only

    asked = Limits(settings.model_per_person, settings.model_per_bureau, settings.model_per_day)
    sent = Limits(settings.files_per_person, settings.files_per_bureau)
    return Budget(asked, sent, Limits(bureau=OPENED), Limits(BY_ONE, BY_ALL), refused)


def store(settings: Settings) -> Store:
    """Conversations and drafts; StoreError in one line when the database can't be used."""
    from bot.store import open_store  # noqa: PLC0415 - SQLAlchemy loads in running channels only

    return open_store(settings.database)


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the data folder, and a SQLite file that lies elsewhere, until the block ends; LockError if another does."""
    with ExitStack() as held:
        held.enter_context(only_one(settings.data))
        file = settings.database.removeprefix("sqlite:///")
        if file != settings.database and Path(file).absolute().parent != settings.data:
            held.enter_context(only_one(Path(file).absolute().parent))
        yield


def assistant(
    settings: Settings, failed: Callable[[str], None] = uncounted, refused: Callable[[str], None] = uncounted
) -> Assistant:
    """The conversation over the pack, the index and the blank form.

    `failed` is told when a model gives nothing, `refused` when a file is not opened.
    """
    from bot.dialogue.assistant import Assistant  # noqa: PLC0415 - a question alone needs no conversation
    from bot.outside.desk_papers import DeskPapers  # noqa: PLC0415
    from bot.outside.office import printed  # noqa: PLC0415
    from bot.turn.services import no_prints  # noqa: PLC0415 - a question alone needs no conversation
    from knowledge.answers.engine import stamp  # noqa: PLC0415

    pack_ = pack(settings)
    writer = word_writer(pack_, settings.data / "exports")
    own = asker(settings, pack_, wait=False, failed=failed)
    printer = printed if settings.office else no_prints
    painter = card_painter(pack_.call, settings.data / "exports")
    day, now = (lambda: today(settings)), (lambda: clock(settings))
    aid, files = helper(own, settings, pack_.call, failed), ChatFiles(settings.data / "exports")
    return Assistant(
        pack_.call,
        own,
        writer,
        read_form,
        day,
        stamp(pack_),
        printer,
        painter,
        now,
        aid,
        files,
        chart_painter(settings.data / "exports"),
        DeskPapers(pack_, settings.data / "exports", read_form),
        budget(settings, refused),
    )


def read_form(path: Path, call: Call) -> Opened:
    """A form that was sent, read in bounded time and memory and checked by the call's rules."""
    from bot.turn.events import Opened  # noqa: PLC0415
    from drafting.application.exchange import from_facts  # noqa: PLC0415
    from drafting.word.review import review  # noqa: PLC0415 - loads with the first file

    told = review(path, call)
    if not told.readable:
        return Opened(path.name, None, why=told.reason)
    if len(str(told.application)) > MOST_SAID:
        return Opened(path.name, None, why="里面的文字太多，申报书用不了这么多，请删减后再发。")
    return Opened(path.name, from_facts(told.application, call), told.findings, told.notes)


def card_painter(call: Call, folder: Path) -> Callable[[Draft, str], Path | None]:
    """Who draws how far a draft is, into a file of the chat's own below `folder`."""

    def paint(draft: Draft, chat: str) -> Path | None:
        from bot.interview.show import progress_card  # noqa: PLC0415
        from bot.outside.painting import drawn  # noqa: PLC0415 - Pillow loads with the first card

        try:
            return drawn(progress_card(draft, call), (own_folder(folder, chat) / "进度.png").absolute())
        except OSError:  # words say the same
            return None

    return paint


def notices(settings: Settings) -> Notices:
    """What people and desks are told without having asked just then."""
    from bot.desk.letters import Notices  # noqa: PLC0415 - running channels only

    hour = (lambda: 12) if settings.today else (lambda: datetime.now(CHINA).hour)
    return Notices(pack(settings).call, lambda: today(settings), hour)


def chart_painter(folder: Path) -> Callable[[Card, str], Path | None]:
    """Who draws a card of numbers into a file of the chat's own below `folder`."""

    def paint(card: Card, chat: str) -> Path | None:
        from bot.outside.painting import drawn  # noqa: PLC0415 - Pillow loads with the first card

        try:
            return drawn(card, (own_folder(folder, chat) / "统计.png").absolute())
        except OSError:  # words say the same
            return None

    return paint


def word_writer(pack_: Pack, folder: Path) -> Writer:
    """A Writer that fills the pack's blank form into a file of its own below `folder`."""

    def write(draft: Draft, chat: str, version: int) -> tuple[Path, tuple[str, ...]]:
        out = own_folder(folder, chat) / file_name(draft, pack_.call, version)
        return out.absolute(), fill_form(draft, pack_.call, pack_.blank_form, out)

    return write


def fill_form(draft: Draft, call: Call, blank: Path, out: Path) -> tuple[str, ...]:
    """Fill a blank form into `out`; the labels it had no place for. WriteError in one line when there is no file.

    The blank may be anybody's: it is opened in a process of its own.
    """
    from bot.turn.services import WriteError  # noqa: PLC0415
    from drafting.application.whole_form import form_of  # noqa: PLC0415 - python-docx loads with the first file
    from drafting.word.form_file import fill_within  # noqa: PLC0415
    from drafting.word.guard import UnreadableError  # noqa: PLC0415

    try:
        out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return fill_within(form_of(draft, call), call, blank, out)
    except UnreadableError as error:
        raise WriteError(f"空白申报书 {blank.name} 用不了：{error}") from error
    except OSError as error:
        raise WriteError(f"{out.name} 写不进去（{error.strerror}）") from error


def write_summary(table: Summary, rows: Sequence[Sequence[str]], signed: Signed, out: Path) -> None:
    """Write the ranked table into `out`; WriteError in one line when there is no file."""
    from bot.turn.services import WriteError  # noqa: PLC0415
    from drafting.word import summary as word  # noqa: PLC0415 - python-docx loads with the first file

    try:
        out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        word.write_summary(table, rows, signed, out)
    except OSError as error:
        raise WriteError(f"{out.name} 写不进去（{error.strerror}）") from error


def write_report(report: Report, out: Path) -> None:
    """Write a report on checked applications into `out`; WriteError in one line when there is no file."""
    from bot.turn.services import WriteError  # noqa: PLC0415
    from drafting.word import report as word  # noqa: PLC0415 - python-docx loads with the first file

    try:
        out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        word.write_report(report, out)
    except OSError as error:
        raise WriteError(f"{out.name} 写不进去（{error.strerror}）") from error


def file_name(draft: Draft, call: Call, version: int) -> str:
    """What the file is called: the first name of the cover, or the form's title, with the draft's version."""
    first = next((draft.fields[one] for one in call.cover if draft.fields.get(one)), call.call.form_title)
    bare = re.sub(r'[\\/:*?"<>|\s.]+', "", first)[:40] or "申报书"
    return f"{bare}_申报书_第{version}版.docx"

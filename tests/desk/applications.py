"""Applications in a test: drafts put before people, what they are told with buttons and files, files they send."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from bot.turn.outcome import DraftStep, Outcome
from bot.turn.replies import Button, Incoming, Reply
from drafting.application.exchange import from_facts
from drafting.application.whole_form import form_of
from drafting.form.draft import Draft
from drafting.word.form_file import fill
from knowledge.call import pack
from tests.conversation.office import DAY, Office

PACK = pack.load(pack.DEFAULT)
CALL = PACK.call
NANJING = "南京市工业和信息化局"


def application(name: str = "甲", **fields: str) -> Draft:
    """The shipped example, all of it invented, as 南京 would get it, under names of its own."""
    draft = from_facts(json.loads((pack.DEFAULT / "example.json").read_text("utf-8")), CALL)
    own = {
        "consortium_name": f"样例{name}联合体（虚构）",
        "project_name": f"样例{name}高质量数据集（虚构）",
        "lead_name": f"南京样例{name}装备有限公司",
        "recommender": NANJING,
    }
    return draft.model_copy(update={"fields": {**draft.fields, **own, **fields}, "promised": True})


def drafted(office: Office, chat: str, draft: Draft) -> None:
    """A draft that a chat is on, all of it filled in."""
    step = DraftStep(draft.model_dump(mode="json"), (), CALL.call.id)
    office.store.commit(office.store.load(chat), Outcome({"phase": "complete"}, draft=step), chat)


def changed(office: Office, chat: str, draft: Draft) -> None:
    """The draft of a chat as something else."""
    saved = office.store.load(chat)
    assert saved.draft
    step = DraftStep(draft.model_dump(mode="json"), (), CALL.call.id, saved.draft.id)
    office.store.commit(saved, Outcome(saved.state or {}, draft=step), chat)


@dataclass(frozen=True)
class Got:
    """What a chat is told: the text, the buttons, the files."""

    text: str
    buttons: tuple[Button, ...]
    files: tuple[Path, ...]

    def press(self, label: str) -> str:
        """What to say to press the button of that label."""
        return "[" + next(one.id for one in self.buttons if one.label == label)


def got(office: Office, incoming: Incoming) -> Got:
    """Something dealt with and saved, as its chat sees it."""
    office.clock.now += 0.01
    saved = office.store.load(incoming.chat)
    outcome = office.assistant.handle(incoming, saved)
    office.store.commit(saved, outcome, incoming.chat)
    mine: tuple[Reply, ...] = tuple(one for one in outcome.replies if one.chat in ("", incoming.chat))
    text = office.told(incoming.chat, outcome.replies)
    return Got(
        text,
        tuple(button for one in mine for row in one.buttons for button in row),
        tuple(one.file for one in mine if one.file),
    )


def said(office: Office, chat: str, words: str) -> Got:
    """What a chat says, or presses behind a bracket."""
    return got(office, office.incoming(chat, words))


def sends(office: Office, chat: str, path: Path, caption: str = "", *, private: bool = True) -> Got:
    """A file that a chat sends."""
    sent = Incoming(chat, chat, file=path, today=DAY, name=office.names.get(chat, chat), caption=caption)
    return got(office, replace(sent, private=private))


def word(folder: Path, name: str, draft: Draft) -> Path:
    """An application as a Word file."""
    out = folder / name
    return fill(form_of(draft, CALL), CALL, PACK.blank_form, out).path

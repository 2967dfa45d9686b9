"""A Bot API server on loopback, as strict as Telegram's about lengths and buttons, whose troubles can be ordered."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from tests.botwire import TOKEN, Call, Json, RefusedError, Server

__all__ = ["NAME", "TOKEN", "BotApi", "Call", "Fault"]

NAME = "shenbao_test_bot"
ME = {"id": 7000000001, "is_bot": True, "first_name": "申报", "username": NAME}
DEADLINE = 10.0


@dataclass(frozen=True)
class Fault:
    """What happens to one call: an answer with `status`, or none at all (0), before or after it took effect.

    With a `gate` it hangs until that is opened.
    """

    status: int = 0
    description: str = "trouble"
    parameters: Json = field(default_factory=dict)
    after: bool = False
    gate: threading.Event | None = None


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class BotApi:
    """The server with what it knows: updates to deliver, messages and previews in chats, calls that came in.

    An `old` one knows no previews.
    """

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.calls: list[Call] = []
        self.messages: dict[tuple[int, int], Json] = {}
        self.drafts: dict[int, str] = {}
        self.old = False
        self.blocked: set[int] = set()
        self.migrated: dict[int, int] = {}
        self.forums: set[int] = set()
        self.topics: dict[tuple[int, int], str] = {}
        self.webhook: Json = {"url": ""}
        self._faults: dict[str, list[Fault]] = {}
        self._updates: list[Json] = []
        self._repeats: list[Json] = []
        self._files: dict[str, bytes] = {}
        self._number = 0
        self._poll = 0
        self._closing = False
        self._server = Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> BotApi:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self.changed:
            self._closing = True
            for fault in (one for many in self._faults.values() for one in many):
                if fault.gate:
                    fault.gate.set()
            self.changed.notify_all()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    # What people do

    def next(self) -> int:
        """A new number for an update or a message."""
        with self.changed:
            self._number += 1
            return self._number

    def push(self, update: Json) -> int:
        """Let an update arrive; its number."""
        with self.changed:
            number = self.next()
            self._updates.append({"update_id": number, **update})
            self.changed.notify_all()
            return number

    def again(self, update: Json | None = None) -> None:
        """Deliver the newest update a second time, though it was confirmed."""
        with self.changed:
            self._repeats.append(update or self._last)
            self.changed.notify_all()

    def message(self, chat: int, **content: Any) -> Json:
        """A message of a person as Telegram describes it; a negative chat is a group."""
        kind = {"type": "private", "first_name": "人"} if chat > 0 else {"type": "supergroup", "title": "群"}
        person = {"id": abs(chat), "is_bot": False, "first_name": "人"}
        text = content.get("text", content.get("caption", ""))
        found = [
            {
                "type": "bot_command" if hit[0].startswith("/") else "mention",
                "offset": units(text[: hit.start()]),
                "length": units(hit[0]),
            }
            for hit in re.finditer(r"^/\w+(@\w+)?|@\w+", text)
        ]
        marks = {"entities" if "text" in content else "caption_entities": found} if found else {}
        base = {"message_id": self.next(), "date": 1_770_000_000, "chat": {"id": chat, **kind}, "from": person}
        return {**base, **marks, **content}

    def say(self, chat: int, text: str, **content: Any) -> int:
        """A person writes; the number of the update."""
        return self.push({"message": self.message(chat, text=text, **content)})

    def press(self, chat: int, message: int, data: str) -> int:
        """A person presses a button under a message of the bot."""
        under = {**self.messages[chat, message], "date": 1_770_000_000}
        person = {"id": abs(chat), "is_bot": False, "first_name": "人"}
        query = {"id": str(self.next()), "from": person, "chat_instance": "1", "message": under, "data": data}
        return self.push({"callback_query": query})

    def upload(self, chat: int, name: str, content: bytes, size: int | None = None, **more: Any) -> int:
        """A person sends a file, with a caption or without."""
        key = f"f{self.next()}"
        self._files[key] = content
        size = len(content) if size is None else size
        document = {"file_id": key, "file_unique_id": key, "file_name": name, "file_size": size}
        return self.push({"message": self.message(chat, document=document, **more)})

    # What the bot did

    def texts(self, chat: int) -> list[str]:
        """The bot's messages that stand in a chat, in order, as last edited; a file as its name in 《》."""
        with self.changed:
            mine = [one for (where, _), one in sorted(self.messages.items()) if where == chat]
            files = [one.get("document", {"file_name": "图片"})["file_name"] for one in mine]
            pairs = zip(mine, files, strict=True)
            return [one.get("text") or f"《{name}》{one.get('caption', '')}" for one, name in pairs]

    def made(self, method: str) -> list[Call]:
        """The calls of one method, in order."""
        with self.changed:
            return [call for call in self.calls if call.method == method]

    def until(self, condition: Callable[[], object], what: str = "", seconds: float = DEADLINE) -> None:
        """Wait until something is so; the test fails when it isn't in time."""
        with self.changed:
            assert self.changed.wait_for(condition, seconds), f"{what}: {self.messages} {self._updates}"

    def until_texts(self, chat: int, *texts: str) -> None:
        """Wait until exactly these messages stand in a chat."""
        with self.changed:
            came = self.changed.wait_for(lambda: self.texts(chat) == list(texts), DEADLINE)
            assert came, f"{self.texts(chat)} != {list(texts)}"

    def idle(self) -> bool:
        """Whether every update was confirmed and delivered."""
        return not self._updates and not self._repeats

    def fail(self, method: str, *faults: Fault) -> None:
        """Order troubles for the next calls of a method."""
        with self.changed:
            self._faults.setdefault(method, []).extend(faults)

    # What the bot calls

    def handle(self, call: Call) -> Any:
        """The result of a call, with its trouble; RefusedError for an answer that isn't ok."""
        if call.method == "getUpdates":
            return self._get_updates(call.params)
        with self.changed:
            self.calls.append(call)
            waiting = self._faults.get(call.method)
            fault = waiting.pop(0) if waiting else None
            self.changed.notify_all()
        if fault and not fault.after:
            self._break(fault)
        with self.changed:
            result = METHODS[call.method](self, call)
            self.changed.notify_all()
        if fault:
            self._break(fault)
        return result

    def _break(self, fault: Fault) -> None:
        if fault.gate:
            fault.gate.wait(DEADLINE)
        raise RefusedError(fault.status, fault.description, fault.parameters)

    def _get_updates(self, params: Json) -> list[Json]:
        with self.changed:
            faults = self._faults.get("getUpdates")
            if faults:
                fault = faults.pop(0)
                raise RefusedError(fault.status, fault.description, fault.parameters)
            offset = int(params.get("offset", 0))
            self._updates = [one for one in self._updates if one["update_id"] >= offset]
            self._poll += 1
            mine = self._poll
            self.changed.notify_all()
            self.changed.wait_for(
                lambda: self._updates or self._repeats or self._closing or self._poll != mine,
                float(params.get("timeout", 0)),
            )
            if self._poll != mine:
                raise RefusedError(409, "Conflict: terminated by other getUpdates request")
            repeats, self._repeats = self._repeats, []
            if self._updates:
                self._last = self._updates[-1]
            return [*repeats, *self._updates]

    def deliver_to(self, where: Json) -> bool:
        """Deliver updates there from now on, nowhere when the address is empty."""
        self.webhook = where
        return True

    def webhook_info(self) -> Json:
        """Where updates are delivered, and how many wait."""
        info = {"url": self.webhook["url"], "has_custom_certificate": False}
        return info | {"pending_update_count": len(self._updates)}

    def pending(self) -> list[Json]:
        """The updates that nobody confirmed, oldest first."""
        with self.changed:
            return [*self._updates]

    def confirmed(self, number: int) -> None:
        """An update was taken by the address it was delivered to."""
        with self.changed:
            self._updates = [one for one in self._updates if one["update_id"] != number]
            self.changed.notify_all()

    def file(self, key: str) -> bytes | None:
        """The content of a file that was uploaded."""
        return self._files.get(key)

    def described(self, key: str) -> Json:
        if len(self._files[key]) > 20 * 1024 * 1024:
            raise RefusedError(400, "Bad Request: file is too big")
        return {"file_id": key, "file_unique_id": key, "file_path": f"documents/{key}"}

    def place(self, call: Call, **content: Any) -> Json:
        """Put a new message into a chat."""
        chat = int(call.params["chat_id"])
        if chat in self.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        if chat in self.migrated:
            moved = {"migrate_to_chat_id": self.migrated[chat]}
            raise RefusedError(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
        thread = int(call.params.get("message_thread_id", 0))
        if thread and (chat, thread) not in self.topics:
            raise RefusedError(400, "Bad Request: message thread not found")
        content |= {"message_thread_id": thread, "is_topic_message": True} if thread else {}
        number = self.next()
        kind = "private" if chat > 0 else "supergroup"
        message = {"message_id": number, "date": 1_770_000_000, "chat": {"id": chat, "type": kind}, "from": ME}
        self.messages[chat, number] = {**message, **content, **_markup(call)}
        self.drafts.pop(chat, None)
        return self.messages[chat, number]


def _checked(call: Call, name: str, limit: int) -> Json:
    text = str(call.params.get(name, "")).strip()
    if units(text) > limit:
        raise RefusedError(400, f"Bad Request: {name} is too long")
    marks = json.loads(call.params.get("entities" if name == "text" else "caption_entities", "[]"))
    if any(mark["offset"] + mark["length"] > units(text) for mark in marks):
        raise RefusedError(400, "Bad Request: can't parse entities")
    return {name: text, **({"marks": marks} if marks else {})} if text else {}


def _markup(call: Call) -> Json:
    if "reply_markup" not in call.params:
        return {}
    markup = json.loads(call.params["reply_markup"])
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    if len(buttons) > 100:
        raise RefusedError(400, "Bad Request: too much inline keyboard buttons")
    for button in buttons:
        if not button["text"].strip():
            raise RefusedError(400, "Bad Request: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"reply_markup": markup}


def _send_message(api: BotApi, call: Call) -> Json:
    content = _checked(call, "text", 4096)
    if not content:
        raise RefusedError(400, "Bad Request: message text is empty")
    return api.place(call, **content)


def _send_draft(api: BotApi, call: Call) -> bool:
    chat = int(call.params["chat_id"])
    if api.old:
        raise RefusedError(404, "Not Found: method not found")
    if chat < 0 or not int(call.params["draft_id"]):
        raise RefusedError(400, "Bad Request: DRAFT_INVALID")
    api.drafts[chat] = _checked(call, "text", 4096)["text"]
    return True


def _edit_message(api: BotApi, call: Call) -> Json:
    key = int(call.params["chat_id"]), int(call.params["message_id"])
    content = {**_checked(call, "text", 4096), **_markup(call)}
    old = api.messages.get(key)
    if old is None:
        raise RefusedError(400, "Bad Request: message to edit not found")
    kept = {name: value for name, value in old.items() if name not in ("text", "marks", "reply_markup")}
    if old == {**kept, **content}:
        raise RefusedError(400, "Bad Request: message is not modified: specified new message content is the same")
    api.messages[key] = {**kept, **content}
    return api.messages[key]


def _send_document(api: BotApi, call: Call) -> Json:
    name, content = call.files[call.params.get("document", "document").removeprefix("attach://")]
    if not content:
        raise RefusedError(400, "Bad Request: file must be non-empty")
    document = {"file_id": name, "file_unique_id": name, "file_name": name, "file_size": len(content)}
    return api.place(call, document=document, **_checked(call, "caption", 1024))


def _send_photo(api: BotApi, call: Call) -> Json:
    name, content = call.files[call.params.get("photo", "photo").removeprefix("attach://")]
    if not content.startswith(b"\x89PNG"):
        raise RefusedError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    photo = {"file_id": name, "file_unique_id": name, "width": 1, "height": 1, "file_size": len(content)}
    return api.place(call, photo=[photo], **_checked(call, "caption", 1024))


def _create_topic(api: BotApi, call: Call) -> Json:
    chat, name = int(call.params["chat_id"]), call.params["name"]
    if chat not in api.forums:
        raise RefusedError(400, "Bad Request: the chat is not a forum")
    number = api.next()
    api.topics[chat, number] = name
    return {"message_thread_id": number, "name": name, "icon_color": 7322096}


METHODS: dict[str, Callable[[BotApi, Call], Any]] = {
    "getMe": lambda api, call: ME,
    "deleteWebhook": lambda api, call: api.deliver_to({"url": ""}),
    "setWebhook": lambda api, call: api.deliver_to(call.params),
    "getWebhookInfo": lambda api, call: api.webhook_info(),
    "setMyCommands": lambda api, call: True,
    "deleteMyCommands": lambda api, call: True,
    "sendChatAction": lambda api, call: True,
    "answerCallbackQuery": lambda api, call: True,
    "sendMessage": _send_message,
    "sendMessageDraft": _send_draft,
    "editMessageText": _edit_message,
    "sendDocument": _send_document,
    "sendPhoto": _send_photo,
    "createForumTopic": _create_topic,
    "getFile": lambda api, call: api.described(call.params["file_id"]),
}

"""Whose bureau answers: chosen by a link, by name, from a list; kept, changed, and never taken from the form's facts."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.dialogue.assistant import Assistant
from bot.process.settings import Settings
from bot.running import conversation
from bot.turn.outcome import Outcome, Saved
from bot.turn.replies import Incoming
from knowledge.call import pack
from tests.botapi import BotApi
from tests.channels.harness import running, settings_for
from tests.conversation.talk import Talk
from tests.furnished import furnished

DAY = date(2026, 3, 28)
NANJING, SUZHOU = "南京市工业和信息化局", "苏州市工业和信息化局"
OTHER = Path(__file__).parents[1] / "calls" / "yunxi_2031"


class Chat:
    """One person's chat with the whole assistant."""

    def __init__(self, folder: Path, **more: object):
        self.assistant: Assistant = conversation.assistant(
            Settings.model_validate({"data": furnished(folder), "office": False} | more)
        )
        self.saved = Saved("c")

    def do(self, bureau: str = "", **one: str) -> Outcome:
        incoming = Incoming("c", "c", bureau=bureau, today=DAY, text=one.get("text"), press=one.get("press"))
        outcome = self.assistant.handle(incoming, self.saved)
        self.saved = Saved("c", json.loads(json.dumps(outcome.state)), self.saved.version + 1)
        return outcome

    def answered_by(self, bureau: str = "") -> str:
        """The bureau under which a question is answered."""
        return self.do(bureau, text="成员单位最少几家").answers[0].bureau


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    return Chat(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["/start nanjing", "/start NANJING", "我是南京的", "我们在南京", "我在南京市", "我们公司在南京", "换成南京", "我是南京市工信局的", "选南京吧", "我来自南京。"],
)  # fmt: skip
def test_a_city_is_chosen_in_many_words_and_said_in_a_line(text: str) -> None:
    talk = Talk()
    assert f"现在按{NANJING}的口径回答" in talk.say(text)
    assert talk.session.bureau == "nanjing"


@pytest.mark.parametrize(
    "text",
    ["推荐单位南京市工信局", "我是张三的", "牵头单位是南京样例公司", "我们在做数据集", "推荐单位换成无锡市工信局", "我在南京大学读书", "换成12个",
     "南京能报几个", "我是外省的", "我在上海"],
)  # fmt: skip
def test_what_is_said_of_the_form_or_of_others_chooses_nothing(text: str) -> None:
    talk = Talk()
    for said in ("写申报书", text):
        talk.say(said)
        assert talk.session.bureau == ""


def test_the_cell_for_the_recommending_bureau_is_answered_not_the_choice_made() -> None:
    talk = Talk()
    talk.say("/start suzhou")
    talk.say("写申报书")
    talk.session = talk.session.but(asking="recommender")
    talk.say("我们是南京的")
    assert talk.session.bureau == "suzhou"


def test_an_unknown_code_is_a_welcome_like_any_other() -> None:
    talk = Talk()
    assert talk.say("/start atlantis") == Talk().say("/start")
    assert talk.session.bureau == ""


def test_a_question_may_follow_the_city() -> None:
    talk = Talk()
    said = talk.say("我是苏州的，什么时候截止？")
    assert SUZHOU in said
    assert "答：见通知。" in said
    assert talk.asked == ["什么时候截止？"]


def test_the_choice_holds_over_drafts_and_leaves_the_open_question_open() -> None:
    talk = Talk()
    talk.say("写申报书")
    said = talk.say("/start nanjing")
    assert said.startswith("现在按")
    assert "联合体叫什么名字" in said
    talk.say("新建申报书")
    assert talk.session.bureau == "nanjing"


def test_questions_are_answered_for_the_city_chosen_else_for_the_channels_own(chat: Chat) -> None:
    assert (chat.answered_by(), chat.answered_by("wuxi")) == ("", "wuxi")
    chat.do(text="我是南京的")
    assert chat.answered_by("wuxi") == "nanjing"
    (listed,) = chat.do("wuxi", text="换城市").replies
    labels = {button.label: button.id for row in listed.buttons for button in row}
    assert len(labels) == len(chat.assistant.call.recommenders) + 1
    assert "苏州市工业" in chat.do("wuxi", press=labels["苏州市"]).replies[0].text
    assert chat.answered_by("wuxi") == "suzhou"
    assert "无锡市工业" in chat.do("wuxi", press=labels["不选城市"]).replies[0].text
    assert chat.answered_by("wuxi") == "wuxi"
    assert chat.do(press="city/atlantis").replies[0].buttons, "a forged button shows the list"


def test_a_choice_that_the_call_no_longer_knows_is_none(chat: Chat) -> None:
    chat.saved = Saved("c", {"bureau": "atlantis"}, 1)
    assert chat.answered_by("wuxi") == "wuxi"


def test_another_call_has_its_own_cities() -> None:
    talk = Talk(pack.load(OTHER).call)
    assert "青禾市农业农村局" in talk.say("我是青禾的")
    assert talk.session.bureau == "qinghe"
    talk.say("我是南京的")
    assert talk.session.bureau == "qinghe"


def test_at_the_terminals_machine_interface(tmp_path: Path) -> None:
    rows = [{"chat": "a", "text": text} for text in ("/start nanjing", "换城市")]
    told = {"SHENBAO_DATA": str(furnished(tmp_path)), "SHENBAO_TODAY": str(DAY), "SHENBAO_BUREAU": "无锡"}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat", "--jsonl"], env=os.environ | told, capture_output=True, text=True,
        input="\n".join(map(json.dumps, rows)), check=True,
    )  # fmt: skip
    first, second = (json.loads(line)["replies"] for line in done.stdout.splitlines())
    assert NANJING in first[-1]["text"]
    assert {"id": "city/suzhou", "label": "苏州市"} in second[-1]["buttons"]


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


def test_by_a_link_and_by_a_button_on_telegram(api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings = settings_for(api, furnished(tmp_path), today=DAY)
    with running(settings, conversation.assistant(settings)):
        api.say(5, "/start nanjing")
        api.until(lambda: any(NANJING in text for text in api.texts(5)))
        api.say(5, "换城市")
        api.until(lambda: any("选一个" in text for text in api.texts(5)))
        board = max(number for _, number in api.messages)
        api.press(5, board, "city/suzhou")
        api.until(lambda: any(SUZHOU in text for text in api.texts(5)))

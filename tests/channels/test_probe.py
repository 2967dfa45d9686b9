"""`shenbao telegram --check`: whether Telegram can be reached, in lines, without running anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.telegram.probe import probe
from bot.delivery.protocol import ChannelError
from tests.botapi import NAME, BotApi, Fault
from tests.channels.harness import settings_for

PUBLIC = "https://bot.example.com/telegram"


def test_a_good_token_is_told_with_the_bots_name_and_how_messages_come(api: BotApi, data: Path) -> None:
    api.say(5, "一")
    lines = probe(settings_for(api, data))
    assert [line.state for line in lines] == ["ok", "ok", "ok"]
    assert NAME in lines[0].text and "自己去取" in lines[2].text and "1条" in lines[2].text
    assert api.pending() and list(data.iterdir()) == []


@pytest.mark.parametrize(("registered", "said"), [("", "还没有登记"), (PUBLIC, "推送到")])
def test_the_address_of_deliveries_is_held_against_the_one_registered(
    api: BotApi, data: Path, registered: str, said: str
) -> None:
    api.webhook = {"url": registered}
    assert said in probe(settings_for(api, data, telegram_webhook=PUBLIC))[-1].text


def test_an_address_left_over_is_told(api: BotApi, data: Path) -> None:
    api.webhook = {"url": PUBLIC}
    last = probe(settings_for(api, data))[-1]
    assert last.state == "missing" and "改为自己去取" in last.text


def test_a_withdrawn_token_and_a_server_that_is_away_are_one_line_each(api: BotApi, data: Path) -> None:
    other = settings_for(api, data, telegram_token=SecretStr("7000000001:BBcanary_canary_canary_canary_canary1"))
    assert [line.state for line in probe(other)] == ["wrong"]
    api.fail("getMe", *[Fault(502, "Bad Gateway")] * 3)
    told = probe(settings_for(api, data))
    assert [line.state for line in told] == ["wrong"] and "连不上" in told[0].text
    assert "canary" not in "".join(line.text for line in [*probe(other), *told])


def test_without_a_token_it_says_where_to_get_one(api: BotApi, data: Path) -> None:
    with pytest.raises(ChannelError, match="BotFather"):
        probe(settings_for(api, data, telegram_token=None))

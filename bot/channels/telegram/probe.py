"""Whether Telegram can be reached as it is set up: asked once, said in lines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.bot import REFUSED, bot_of
from bot.process.condition import Line
from bot.process.settings import Settings


def probe(settings: Settings) -> list[Line]:
    """A line each on the token, the name and the way updates come; ChannelError without a token."""
    return asyncio.run(_probe(settings))


async def _probe(settings: Settings) -> list[Line]:
    bot, polling = bot_of(settings)
    try:
        return [line async for line in _lines(bot, settings)]
    finally:
        await bot.shutdown()
        await polling.shutdown()


async def _lines(bot: Bot, settings: Settings) -> AsyncIterator[Line]:
    try:
        await bot.initialize()
        info = await bot.get_webhook_info()
    except InvalidToken:
        yield Line("wrong", REFUSED)
        return
    except TelegramError as error:
        at = f"{settings.telegram_api}（{type(error).__name__}）"
        yield Line("wrong", f"连不上 {at}：请检查网络、代理或 SHENBAO_TELEGRAM_API")
        return
    yield Line("ok", f"令牌有效，机器人是 @{bot.username}")
    if not bot.bot.can_read_all_group_messages:
        yield Line("ok", "在群里只看得到 @ 它、回复它和以 / 开头的消息")
    yield _way(info, settings.telegram_webhook)
    if settings.telegram_webhook and info.last_error_message:
        yield Line("wrong", f"Telegram 推送不到：{info.last_error_message}")


def _way(info: WebhookInfo, wanted: str) -> Line:
    waiting = f"，有{info.pending_update_count}条等着收" if info.pending_update_count else ""
    if wanted and info.url == wanted:
        return Line("ok", f"由 Telegram 推送到 {wanted}{waiting}")
    if wanted:
        return Line("missing", f"还没有登记推送地址，运行时登记为 {wanted}{waiting}")
    if info.url:
        return Line("missing", f"Telegram 现在推送到 {info.url}，运行时改为自己去取{waiting}")
    return Line("ok", f"由机器人自己去取消息{waiting}")

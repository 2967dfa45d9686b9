"""The parts of the documents that are made, not written: `python -m tests.readme` puts them in place.

Between `<!-- NAME -->` and `<!-- /NAME -->` stand the transcript in the README and the settings in two languages.
"""

from __future__ import annotations

import tempfile
from datetime import date
from functools import partial
from pathlib import Path

from bot.channels.terminal import converse
from bot.process.settings import Settings, table
from bot.running import wiring
from bot.store import open_store
from bot.turn.ports import take_turn
from tests.furnished import furnished

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "bot" / "docs"
README = ROOT / "README.md"
TYPED = (
    "牵头单位必须注册在江苏吗",
    "补助有多少",
    "写申报书",
    "牵头单位是南通样例纺织有限公司，推荐单位南通市工信局",
    "专利大概10个吧",
)


def transcript() -> str:
    """A conversation in the terminal, on a fixed day, as it is printed."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=furnished(Path(folder)), today=date(2026, 3, 28))
        store = open_store(settings.database)
        typed, out = iter(TYPED), []

        def read() -> str | None:
            line = next(typed, None)
            out.append(f"› {line}" if line else "")
            return line

        converse(partial(take_turn, wiring.assistant(settings), store), read, out.append)
        store.close()
    return "```\n" + "\n".join(out).strip() + "\n```"


def settings_table(language: str) -> str:
    """The settings as a table, in `en` or `zh`."""
    head = {"en": ("variable", "meaning"), "zh": ("变量", "含义")}[language]
    rows = [(name, english if language == "en" else chinese) for name, english, chinese in table()]
    return "\n".join(["| {} | {} |".format(*head), "| --- | --- |", *(f"| `{name}` | {text} |" for name, text in rows)])


def made() -> dict[Path, dict[str, str]]:
    """Every made part by its name, for each document that has some."""
    return {
        README: {"transcript": transcript()},
        DOCS / "operating.md": {"settings": settings_table("en")},
        DOCS / "operating.zh.md": {"设置": settings_table("zh")},
    }


def place(text: str, parts: dict[str, str]) -> str:
    """A document with its made parts put in place."""
    for name, part in parts.items():
        before, start, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        text = f"{before}{start}{part}\n{end}{after}"
    return text


if __name__ == "__main__":
    for path, parts in made().items():
        path.write_text(place(path.read_text("utf-8"), parts), "utf-8")

"""How fast a conversation goes: the pure engine alone, and a turn with everything saved in SQLite."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from bot.dialogue.assistant import Assistant
from bot.dialogue.table import step
from bot.store import open_store
from bot.turn.events import Opened, Said
from bot.turn.ground import Ground
from bot.turn.ports import take_turn
from bot.turn.replies import Incoming
from bot.turn.session import Session
from drafting.form.draft import Draft
from knowledge.answers.answer import Answer, Citation
from knowledge.call import pack
from knowledge.call.definition import Call

DAY = date(2026, 3, 28)
SAID = (
    "写申报书", "牵头单位是南通样例{0}纺织有限公司，推荐单位南通市工信局", "联合体叫示例{0}化纤数据联合体", "产业链化学纤维",
    "项目叫{0}化纤行业高质量数据集", "必选的都做，可选的只要5和10", "任务1报图像{1}万张", "专利{1}个，智能体3个",
    "专利改成{1}5个", "参与单位苏州样例{0}软件有限公司，负责任务3、9", "再加一个无锡样例{0}数据研究院，做任务1和8", "进度",
    "撤销", "跳过", "第四部分：已建成{0}数据平台一个，汇聚数据{1}TB。",
    "联系人李样例，电话138000{2}，邮箱li{1}@example.com", "好", "上一步",
)  # fmt: skip
NAMES = "云帆启明星河安泰宏远博雅嘉禾瑞丰长青盛世"


def turns() -> None:
    """Print turns a second of the engine and milliseconds a turn through the store."""
    call = pack.load(pack.DEFAULT).call
    ground = Ground(call, DAY)
    once(ground)  # what loads with the first turn
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < 3:
        count += once(ground, count)
    print("\nconversation")
    print(f"  pure engine                   {count / (time.perf_counter() - start):8.0f} turns/s")
    took = sorted(stored(call))
    print(f"  through SQLite, synced        {median(took):8.1f} ms a turn, p95 {quantiles(took, n=20)[-1]:.1f}")


def said_in(number: int) -> tuple[str, ...]:
    """What is said in a conversation: with names and figures of its own, so that nothing read before helps."""
    names = "".join(NAMES[number // len(NAMES) ** place % len(NAMES)] for place in range(2))
    return tuple(one.format(names, 11 + number % 79, 10000 + number % 89989) for one in SAID)


def once(ground: Ground, number: int = 0) -> int:
    """One conversation from the first word; how many turns that were."""
    session = Session()
    for said in said_in(number):
        session = step(session, Said(said), ground).session
    return len(SAID)


class Silent:
    """An asker that knows nothing."""

    def note(self, item: str, *, today: date, bureau: str) -> Citation | None:
        return None

    def ask(self, question: str, *, history: tuple[str, ...], today: date, bureau: str) -> Answer:
        return Answer("没有查到。", "not_covered")


def stored(call: Call) -> list[float]:
    """Milliseconds of each turn, loaded from and saved to a database on disk."""

    def unwritten(draft: Draft, chat: str, version: int) -> tuple[Path, tuple[str, ...]]:
        raise NotImplementedError

    assistant = Assistant(call, Silent(), unwritten, lambda path, _call: Opened(path.name, None), lambda: DAY)
    out = []
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/bench.db")
        for chat in range(20):
            for said in said_in(chat):
                start = time.perf_counter()
                take_turn(assistant, store, Incoming(chat=f"c{chat}", text=said))
                out.append((time.perf_counter() - start) * 1000)
        store.close()
    return out

"""Forms damaged, edited and garbled in every way: each is read or refused in a Chinese sentence, never a crash.

A variant is made from the seed and its number alone, so that `variant(seed, number)` makes it again. An error from our
own code is a failure even where the command would hide it behind a sentence; an error of a parser is a damaged file.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from docx import Document
from lxml import etree

from drafting.application.exchange import to_facts
from drafting.application.whole_form import check, draft_of, form_of
from drafting.ooxml.elements import TBL, TC, TR, P, T, W
from drafting.word.form_file import fill as written
from drafting.word.form_file import layout_of
from drafting.word.guard import UnreadableError, inspect
from drafting.word.review import review
from knowledge.call.definition import Call
from knowledge.call.pack import DEFAULT, load
from tests.conftest import YUNXI
from tests.word.drafts import example
from tests.word.variants import VARIANTS
from tests.word.variants import variant as laid_out

COUNT: Final = 20_000
SECONDS: Final = 15
WHOLE: Final = 25  # every so many variants go all the way through the command's own door
BODY: Final = "word/document.xml"
NAUGHTY: Final = (
    "", " ", "\u3000", "\u200b", "\u202e倒", "√×", "任务" * 50, "9" * 400, "-1", "0", "1e999", "１２３", "一百亿亿", "零点", "³", "½",
    "任务99", "任务-1", "任务1至15", "牵头单位", "参与单位", "……", "（", "）", "“", "𠮷" * 20, "e\u0301" * 40, "\t\n", "共计" * 2000,
    "2026年13月45日", "2026年1月至", "总投入万元，其中万元", "a@b", "0" * 12, "1至", "~", "%", "\\", "$(x)", "<a>", "{0}", "无", "NaN",
)  # fmt: skip
Change = Callable[[random.Random, Any], None]


# ---------------------------------------------------------------- what is changed in the text of a form
def _some(chance: random.Random, root: Any, *tags: str) -> Any:
    found = list(root.iter(*tags))
    return chance.choice(found) if found else None


def lose(chance: random.Random, root: Any) -> None:
    """An element less."""
    one = _some(chance, root, P, TBL, TR, TC, T, f"{W}tcPr", f"{W}r")
    if one is not None and one.getparent() is not None:
        one.getparent().remove(one)


def again(chance: random.Random, root: Any) -> None:
    """An element twice."""
    one = _some(chance, root, P, TBL, TR, TC)
    if one is not None:
        one.addnext(etree.fromstring(etree.tostring(one)))


def move(chance: random.Random, root: Any) -> None:
    """An element somewhere else, also where it doesn't belong."""
    one, place = _some(chance, root, P, TR, TC, TBL, T), _some(chance, root, P, TC, TR)
    if one is not None and place is not None and one not in set(place.iterancestors()) | {place}:
        place.append(one)


def garble(chance: random.Random, root: Any) -> None:
    """Other words in a place."""
    one = _some(chance, root, T)
    if one is not None:
        said = one.text or ""
        cut = chance.randrange(len(said) + 1)
        one.text = chance.choice((chance.choice(NAUGHTY), said[:cut] + chance.choice(NAUGHTY) + said[cut:], said[:cut]))
        one.text = "".join(char for char in one.text if char >= " " or char in "\t\n")


def fill(chance: random.Random, root: Any) -> None:
    """Words in an empty cell."""
    one = _some(chance, root, TC)
    paragraph = one.find(P) if one is not None else None
    if paragraph is not None:
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(run, T).text = chance.choice(NAUGHTY).replace("\x0b", "")


def merge(chance: random.Random, root: Any) -> None:
    """A cell over rows or columns that aren't there."""
    one = _some(chance, root, f"{W}tcPr")
    if one is not None:
        tag = chance.choice(("gridSpan", "vMerge", "hMerge"))
        etree.SubElement(one, W + tag).set(f"{W}val", chance.choice(("0", "-1", "99", "restart", "x", "")))


def wrap(chance: random.Random, root: Any) -> None:
    """An element inside a content control, a mark of changes, or something unknown."""
    one = _some(chance, root, P, TR, TC, TBL, f"{W}r")
    if one is not None and one.getparent() is not None:
        outer = etree.Element(W + chance.choice(("sdt", "sdtContent", "ins", "del", "moveFrom", "smartTag", "unknown")))
        one.getparent().replace(one, outer)
        outer.append(one)


def rename(chance: random.Random, root: Any) -> None:
    """An element of another name."""
    one = _some(chance, root, P, TR, TC, TBL, T, f"{W}r")
    if one is not None:
        one.tag = chance.choice((P, TR, TC, TBL, T, f"{W}sdt", f"{W}txbxContent"))


def nest(chance: random.Random, root: Any) -> None:
    """A table in a cell of its own, a few times over."""
    table, cell = _some(chance, root, TBL), _some(chance, root, TC)
    if table is not None and cell is not None:
        cell.insert(chance.randrange(len(cell) + 1), etree.fromstring(etree.tostring(table)))


CHANGES: Final[tuple[Change, ...]] = (lose, again, move, garble, garble, garble, fill, fill, merge, wrap, rename, nest)


# ---------------------------------------------------------------- what is changed in the file
def edited(chance: random.Random, source: bytes) -> bytes:
    """Some changes in the text of the form."""
    with zipfile.ZipFile(BytesIO(source)) as archive:
        root = etree.fromstring(archive.read(BODY))
        for _ in range(chance.choice((1, 1, 2, 4, 12))):
            chance.choice(CHANGES)(chance, root)
        return _packed(archive, {BODY: etree.tostring(root)})


def torn(chance: random.Random, source: bytes) -> bytes:
    """The text of the form as bytes: cut, turned over, filled with rubbish."""
    with zipfile.ZipFile(BytesIO(source)) as archive:
        raw = bytearray(archive.read(BODY))
        start = chance.randrange(len(raw))
        end = min(len(raw), start + chance.choice((1, 8, 500, len(raw))))
        raw[start:end] = chance.choice(
            (b"", chance.randbytes(min(99, end - start)), bytes(raw[start:end]) * 2, b"<w:p>" * 50)
        )
        return _packed(archive, {BODY: bytes(raw)})


def parts(chance: random.Random, source: bytes) -> bytes:
    """A part lost, emptied, exchanged for another."""
    with zipfile.ZipFile(BytesIO(source)) as archive:
        name, other = (chance.choice(archive.namelist()) for _ in range(2))
        made = chance.choice(
            (None, b"", archive.read(other), chance.randbytes(200), b"<?xml version='1.0'?><!DOCTYPE a><a/>")
        )
        return _packed(archive, {name: made})


def bytes_(chance: random.Random, source: bytes) -> bytes:
    """The file itself cut or with some bytes turned."""
    raw = bytearray(source)
    if chance.random() < 0.3:
        return bytes(raw[: chance.randrange(len(raw))])
    for _ in range(chance.choice((1, 4, 40))):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def _packed(archive: zipfile.ZipFile, changed: dict[str, bytes | None]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name in archive.namelist():
            content = changed.get(name, b"?") if name in changed else archive.read(name)
            if content is not None:
                made.writestr(name, content)
    return out.getvalue()


WAYS: Final = (edited, edited, edited, edited, edited, edited, torn, parts, bytes_)


# ---------------------------------------------------------------- variants
@lru_cache(maxsize=1)
def bases() -> tuple[tuple[Call, bytes], ...]:
    """Forms to start from: blank and filled, of both calls, in every layout."""
    found: list[tuple[Call, bytes]] = []
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "a.docx"
        for folder in (DEFAULT, YUNXI):
            pack = load(folder)
            found.append((pack.call, pack.blank_form.read_bytes()))
            for layout in ("", *VARIANTS):
                blank = laid_out(pack.blank_form, Path(name) / "b.docx", pack.call, *([layout] if layout else []))
                written(form_of(example(pack.call), pack.call), pack.call, blank, out)
                found.append((pack.call, out.read_bytes()))
    return tuple(found)


def variant(seed: int, number: int) -> tuple[Call, bytes]:
    """One variant with the call whose form it was."""
    chance = random.Random(f"{seed}:{number}")
    call, source = chance.choice(bases())
    return call, chance.choice(WAYS)(chance, source)


@contextmanager
def _bounded() -> Iterator[None]:
    def over(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def judge(path: Path, call: Call) -> str:
    """read, refused or damaged; what our own code raises comes out."""
    try:
        inspect(path)
    except UnreadableError as error:
        assert str(error).endswith("。"), error
        return "refused"
    try:
        body = Document(str(path)).element.body
    except Exception:
        return "damaged"
    form = layout_of(body, call).read()
    assert all(one.message and one.where for one in check(form, call))
    to_facts(draft_of(form, call)[0], call)
    return "read"


def run(seed: int, count: int) -> dict[str, object]:
    """How many variants were read, refused and damaged, the slowest in milliseconds, and the numbers that failed."""
    told: Counter[str] = Counter()
    failures: list[str] = []
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.docx"
        for number in range(count):
            call, raw = variant(seed, number)
            path.write_bytes(raw)
            start = time.monotonic()
            try:
                with _bounded():
                    told[judge(path, call)] += 1
                    if number % WHOLE == 0:
                        _through_the_door(path, call)
            except Exception as error:  # whatever it is, it is what the loop looks for
                failures.append(f"{seed}:{number} {error!r:.120}")
            slowest = max(slowest, time.monotonic() - start)
    return {**sorted_(told), "slowest_ms": round(slowest * 1000), "failures": failures}


def sorted_(told: Counter[str]) -> dict[str, int]:
    """The counts in one order."""
    return {name: told[name] for name in ("read", "refused", "damaged")}


def _through_the_door(path: Path, call: Call) -> None:
    reviewed = review(path, call)
    assert reviewed.readable or reviewed.reason.endswith("。"), reviewed.reason


def main(arguments: list[str]) -> int:
    """A loop of COUNT variants, or as many as the second argument says; 1 when one failed."""
    figures = run(int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else COUNT)
    print("  " + ", ".join(f"{name} {value}" for name, value in figures.items()))
    return 1 if figures["failures"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

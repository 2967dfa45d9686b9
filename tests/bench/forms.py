"""Word files, side by side: fill, read and check against python-docx from nothing and docxtpl on a like template."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from docx import Document

from drafting.application.exchange import from_facts
from drafting.application.whole_form import check, form_of
from drafting.form.draft import Draft
from drafting.word.form_file import fill, read
from knowledge.call import pack
from knowledge.call.pack import DEFAULT

TIMES, BATCH = 15, 10


def forms() -> None:
    """Print milliseconds a file, each as the median of several runs, and a folder of ten in a process of its own."""
    shipped = pack.load(DEFAULT)
    draft = from_facts(json.loads((DEFAULT / "example.json").read_text("utf-8")), shipped.call)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done, form = folder / "done.docx", form_of(draft, shipped.call)
        rows: dict[str, Callable[[], object]] = {
            "fill": lambda: fill(form, shipped.call, shipped.blank_form, done),
            "read": lambda: read(done, shipped.call),
            "read and check": lambda: check(read(done, shipped.call), shipped.call),
            "python-docx from nothing": lambda: built(done, folder / "built.docx"),
        }
        if find_spec("docxtpl"):
            rows["docxtpl, like template"] = templated(draft, folder)
        print("\nWord files, ms a file (median)")
        own = 0.0
        for title, work in rows.items():
            took = milliseconds(work)
            own = own or took
            print(f"  {title:<28} {took:7.1f}   {took / own:5.2f} times fill")
        print(f"  a folder of {BATCH}, cold            {batch(done, folder):7.0f}")


def milliseconds(work: Callable[[], object]) -> float:
    """The median time of a piece of work."""
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return median(took)


def built(like: Path, out: Path) -> None:
    """A file with the same paragraphs and tables, made by python-docx from nothing."""
    document = Document()
    source = Document(str(like))
    for paragraph in source.paragraphs:
        document.add_paragraph(paragraph.text)
    for table in source.tables:
        made = document.add_table(len(table.rows), len(table.columns))
        for place, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells[: len(table.columns)]):
                made.cell(place, column).text = cell.text
    document.save(str(out))


def templated(draft: Draft, folder: Path) -> Callable[[], object]:
    """docxtpl, where it is installed, over our form with a mark in every place that the example fills."""
    made = import_module("docxtpl").DocxTemplate
    call = pack.load(DEFAULT).call
    marked = {key: f"{{{{ {key} }}}}" for key in draft.fields}
    template = folder / "template.docx"
    form = form_of(draft.model_copy(update={"fields": marked}), call)
    fill(form, call, DEFAULT / "form.docx", template)

    def render() -> None:
        document = made(str(template))
        document.render(dict(draft.fields))
        document.save(str(folder / "rendered.docx"))

    return render


def batch(form: Path, folder: Path) -> float:
    """Milliseconds from process start to the last line for a folder of files."""
    many = folder / "many"
    many.mkdir()
    for number in range(BATCH):
        (many / f"{number}.docx").write_bytes(form.read_bytes())
    start = time.perf_counter()
    command = [sys.executable, "-m", "bot.cli", "check", "--json", str(many)]
    subprocess.run(command, check=False, capture_output=True, env={**os.environ, "SHENBAO_DATA": str(folder / "data")})
    return (time.perf_counter() - start) * 1000

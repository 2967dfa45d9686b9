"""The README's picture: an invented application filled in, rendered, its pages side by side.

`python -m tests.pictures` needs LibreOffice and free CJK fonts; nothing else in the project does.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from bot.outside.word_files import fill_form
from drafting.application.exchange import from_facts
from knowledge.call import pack

OUT = Path(__file__).parents[1] / "bot" / "docs" / "pictures" / "form.png"
SCALE, ACROSS, GAP = 0.55, 5, 12
ALIASES = {"仿宋_GB2312": "Noto Serif CJK SC", "黑体": "Noto Sans CJK SC", "方正小标宋简体": "Noto Serif CJK SC",
           "宋体": "Noto Serif CJK SC", "楷体_GB2312": "AR PL UKai CN"}  # fmt: skip


def fonts(folder: Path) -> Path:
    """A font configuration that puts free fonts in the place of the official ones."""
    rows = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{free}</family></prefer></alias>'
        for name, free in ALIASES.items()
    )
    path = folder / "fonts.conf"
    path.write_text(f"<fontconfig><include>/etc/fonts/fonts.conf</include>{rows}</fontconfig>", "utf-8")
    return path


def render(docx: Path, folder: Path) -> list[Image.Image]:
    """The pages of a Word file as pictures."""
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts(folder))}
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(docx)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    document = pypdfium2.PdfDocument(folder / f"{docx.stem}.pdf")
    return [page.render(scale=SCALE).to_pil() for page in document]


def montage(pages: list[Image.Image]) -> Image.Image:
    """The pages in rows on grey."""
    wide, high = pages[0].size
    rows = -(-len(pages) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (wide + GAP) + GAP, rows * (high + GAP) + GAP), "#b8b8b8")
    for number, page in enumerate(pages):
        sheet.paste(page, (GAP + number % ACROSS * (wide + GAP), GAP + number // ACROSS * (high + GAP)))
    return sheet


def main() -> None:
    """Write the picture."""
    shipped = pack.load(pack.DEFAULT)
    facts = json.loads((shipped.folder / "example.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill_form(from_facts(facts, shipped.call), shipped.call, shipped.blank_form, folder / "form.docx")
        OUT.parent.mkdir(parents=True, exist_ok=True)
        montage(render(folder / "form.docx", folder)).convert("P", colors=32).save(OUT, optimize=True)


if __name__ == "__main__":
    main()

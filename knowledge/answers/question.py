"""Reading a question: normalised text in, a Reading out, with earlier questions lending what it leaves unsaid."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.answers.interpretation import Reading
from knowledge.answers.lexicon import Lexicon
from knowledge.answers.mentions import named_things
from knowledge.call.definition import Call

ASKING = re.compile(
    r"[?吗呢么嘛]|([一-鿿])不\1|吧(?=[?,。!;]|$)|什么|啥|咋|怎|如何|哪|谁|多少|(?<![十好])几[个家项条年月号类种字份页张时]|能不能|能否|可否|可不可|是不是|要不要|是否|行不"
    r"|算不算|有没有|得不得|多久|多长|多大|为何"
)
STOP = re.compile(r"[。!;?\n]|,|(?<=[一-鿿]) (?=[一-鿿])")
LONG, BARE = 40, 7


def read(text: str, call: Call, lexicon: Lexicon) -> Reading:
    """The reading of a normalised question."""
    names = named_things(text, call, lexicon)
    tokens = lexicon.found(text) | features(names)
    core = question_part(text)
    aside: frozenset[str] = frozenset()
    if core != text:
        aside = tokens - lexicon.found(core) - features(named_things(core, call, lexicon))
    return replace(names, tokens=tokens, aside=aside)


def question_part(text: str) -> str:
    """The clauses of a text that ask something; the whole text when it is short or none of them asks."""
    if len(text) < LONG:
        return text
    parts = [part for part in re.split(r"(?<=[?])|" + STOP.pattern, text) if part]
    asking = {place for place, part in enumerate(parts) if ASKING.search(part)}
    # 够格吗 alone asks nothing: what it asks about stands right before it.
    asking |= {place - 1 for place in asking if place and len(parts[place]) <= BARE}
    return " ".join(parts[place] for place in sorted(asking)) or text


def features(reading: Reading) -> frozenset[str]:
    """The tokens that follow from the things a reading names."""
    found = {
        "task": reading.tasks,
        "tasks": reading.tasks[1:],
        "named": reading.named,
        "strange": reading.strange,
        "library": reading.libraries,
        "cluster": reading.clusters,
        "chain": reading.chains,
        "product": reading.products,
        "section": reading.sections,
        "field": reading.fields,
        "aspect": reading.aspects,
        "outside": reading.outside,
        "city": reading.cities,
        "cities": reading.cities[1:],
        "count": reading.count is not None,
        "day": reading.days,
    }
    kinds = {f"s_{kind}" for kind in reading.kinds}
    return frozenset(name for name, value in found.items() if value) | kinds

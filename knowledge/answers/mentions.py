"""What a question names: tasks and their groups, clusters, chains, parts and cells of the form, places, days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from knowledge.answers.interpretation import Reading
from knowledge.answers.lexicon import Lexicon
from knowledge.call.definition import Call, Section
from knowledge.call.definition import Field as FormField
from knowledge.language.normal import NUMERAL, normalise, number

T = TypeVar("T")
TABLES = 16
AFTER = r"(?:号|项|条|个)?(?:任务|小类)?"
JOIN = r"(?:、|,(?![一总])|和|跟|与|及|或者?|还是|/|\+| |以及|,任务|、任务)"
RANGE = r"(?:-|—|–|~|至|到)"
MORE = rf"((?: ?(?:{JOIN}|{RANGE}) ?(?:任务|第|task ?)?{NUMERAL}{AFTER})*)"
MENTION = re.compile(rf"(?:任务第?|序号|小类|task ?|(?<![a-z])t) ?({NUMERAL}){AFTER}{MORE}")
ORDINAL = re.compile(rf"第({NUMERAL})(?:{MORE}(?:项|条|号|个?任务|个?小类))")
PARTS = "这?[两三四五六]个?大?(?:部分|章|块)"
PICKED = re.compile(rf"(?:^|选|做|加上?)了? ?({NUMERAL})((?: ?{JOIN} ?{NUMERAL})+)(?![家项个字万条页\d]|{PARTS})")
TRAILING = re.compile(rf"(?<![第\d.\-])({NUMERAL})(?:号|#) ?(?:任务|小类|那项|这项)|(?<![\d第])(\d{{1,2}})任务")
NOT_TASK = re.compile(
    r"^(?:那?个?集?群|部分|章|大?部|大类|张表|列|栏|页|步|次|批|集群|产业链|轮|一(?!共|起|定)|二期|期|年|月|家|条注|点注|共|起|样|般|定|下|直|律|致|览|旦|切|半|块|张|些|方|季度|三方|三代|稿|版|名|类)"
)
TASKLESS = re.compile(
    r"一(?:条条|项项|个个|一)|第(?:一个?|二个?|三个?|1|2|3)(?:家|行|列|年|名|条须知|次)|第三方|第三代|第一时间|第一次"
)
SECTION_RUN = re.compile(r"第?([一二三四五六七八九十、和,到至跟]{2,})(?:这?[两三四五六]?个?大?部分|章|块)")
SECTION_MENTION = re.compile(
    rf"(?:第({NUMERAL})(?:个?部分|章|节|大项|大块|块|大部分|部)|([一二三四五六七八九十])(?:、|部分))"
)
COUNT = re.compile(
    rf"(?:推荐?|上?报)({NUMERAL})[个家]|({NUMERAL})(?:家|个?(?:合作|愿意)?(?:成员|参与|单位|企业|公司|学校|院校|联合体|伙伴))"
)
ONLY, MEMBER = re.compile(r"(?:只|就|仅|才|共|另|有)[有找能]?$"), re.compile(r"成员|参与|够|行不|行吗|可以|伙伴")
LAST = re.compile(r"最后一?个?(?:部分|块|章)")
TOTAL = re.compile(r"加起来|合计|总共|一共|总字数")
YEAR = re.compile(r"(20\d\d)年?(?!\d|[字个万家项条]|年?-?\d{1,2}[月.-]|版|年?的?通知)")
HAN = "[一二三四五六七八九十]"
DAY = re.compile(
    rf"(?:(20\d\d|2\d|今|明|去|前|后)年)?(?<!\d)(1[0-2]|0?[1-9]|{HAN}{{1,2}})月份?(?:(3[01]|[12]\d|0?[1-9]|{HAN}{{1,3}})[日号]?)?"
)
DOTTED = re.compile(r"(?<![\d.])(?:(20\d\d)[./])?(1[0-2]|0?[1-9])[./](3[01]|[12]\d|0?[1-9])(?![\d.])")
DASHED = re.compile(r"(20\d\d)-(1[0-2]|0?[1-9])-(3[01]|[12]\d|0?[1-9])(?!\d)")
DECEMBER, HOUSE = 12, 4
PART_OF_YEAR = re.compile(r"(20\d\d|2\d|今|明|去|前|后)年?(上半|下半|初|底|末)年?")
MONTHS = {"上半": 1, "下半": 7, "初": 1, "底": 12, "末": 12}
YEARS = {"今": 0, "明": 1, "去": -1, "前": -2, "后": 2}


def named_things(text: str, call: Call, lexicon: Lexicon) -> Reading:
    """A reading that holds only what the text names, longest names first, so that no name hides in another."""
    tasks, rest = numbered_tasks(text, call)
    sections, rest = take(rest, section_words(call.sections))
    clusters, chains, products, rest = _industry(_without_leads(rest, call, lexicon), call, lexicon)
    libraries, named = _table(rest, call, lexicon)
    fields, _ = take(rest, field_words(call.field_by_id.values()))
    cities, outside = _places(text, call, lexicon)
    sections = sections or _numbered_sections(text, call)
    return Reading(
        text,
        tasks=tasks,
        strange=strange_tasks(text, call),
        named=named,
        libraries=libraries,
        clusters=clusters,
        chains=chains,
        products=products,
        sections=sections,
        aspects=() if libraries else _aspects(rest, call),
        kinds=tuple(dict.fromkeys(call.section(one).kind for one in sections)),
        fields=fields,
        cities=cities,
        outside=outside,
        count=_count(text),
        days=days_in(text, call.call.issued.year),
    )


def take(text: str, words: dict[str, T]) -> tuple[tuple[T, ...], str]:
    """The things whose words stand in the text, in their order there, and the text with those words struck out."""
    found: dict[int, T] = {}
    for word in sorted(filter(text.__contains__, words), key=len, reverse=True):
        place = text.find(word)
        while place >= 0:
            found[place] = words[word]
            text = text[:place] + "□" * len(word) + text[place + len(word) :]
            place = text.find(word)
    return tuple(dict.fromkeys(found[place] for place in sorted(found))), text


def numbered_tasks(text: str, call: Call) -> tuple[tuple[int, ...], str]:
    """The tasks a text names by number, single, listed or as a range, and the text without those mentions."""
    text = _without_lookalikes(text)
    found: list[int] = []
    for match in _mentions(text):
        numbers = [one for one in _numbers(match[0]) if one in call.task_by_number]
        found += numbers
        if numbers:
            text = text[: match.start()] + "□" * len(match[0]) + text[match.end() :]
    return tuple(dict.fromkeys(found)), text


def strange_tasks(text: str, call: Call) -> tuple[int, ...]:
    """The numbers a text names as tasks that the call does not have."""
    numbers = (one for match in _mentions(_without_lookalikes(text)) for one in _numbers(match[0]))
    return tuple(dict.fromkeys(one for one in numbers if one not in call.task_by_number))


def _without_lookalikes(text: str) -> str:
    return TASKLESS.sub(lambda match: "□" * len(match[0]), text)


def _mentions(text: str) -> list[re.Match[str]]:
    found = [*MENTION.finditer(text), *ORDINAL.finditer(text), *PICKED.finditer(text), *TRAILING.finditer(text)]
    return [match for match in found if not NOT_TASK.match(text[match.end() :])]


def _numbers(text: str) -> list[int]:
    found: list[int] = []
    for match in re.finditer(rf"({RANGE})? ?(?:任务|第|task ?)?({NUMERAL})", text):
        value = number(match[2])
        if value is None:
            continue
        if match[1] and found and found[-1] < value < found[-1] + 30:
            found += range(found[-1] + 1, value)
        found.append(value)
    return found


def section_words(sections: Iterable[Section]) -> dict[str, str]:
    """Every way a part of the form is called, with its id; one-word ways that name a cell or a task stay out."""
    words = {normalise(section.title): section.id for section in sections}
    for section in sections:
        for way in section.ways:
            if section.kind in ("narrative", "commitment", "opinion") or len(way) > 3:
                words.setdefault(normalise(way), section.id)
    return words


def kept(make: Callable[[Call, Lexicon], dict[str, T]]) -> Callable[[Call, Lexicon], dict[str, T]]:
    """Make a table of words, longest first, once for a call and a lexicon: neither changes, neither can be hashed."""
    held: dict[tuple[int, int], tuple[Call, Lexicon, dict[str, T]]] = {}

    def table(call: Call, lexicon: Lexicon) -> dict[str, T]:
        key = id(call), id(lexicon)
        if key not in held:
            if len(held) >= TABLES:
                held.clear()
            made = make(call, lexicon)
            held[key] = call, lexicon, {word: made[word] for word in sorted(made, key=len, reverse=True)}
        return held[key][2]

    return table


@kept
def task_words(call: Call, lexicon: Lexicon) -> dict[str, int]:
    """Every way a task is called, with its number; what two tasks share, or any body is called, names none."""
    bodies = {word for one in lexicon.concepts.values() if one.slot == "body" for word in one.words}
    words: dict[str, int] = {}
    shared: set[str] = set()
    for task in call.tasks:
        for way in {task.short, task.text.rstrip("。"), *task.ways, *lexicon.tasks.get(task.number, ())}:
            key = normalise(way)
            if words.setdefault(key, task.number) != task.number:
                shared.add(key)
    return {word: value for word, value in words.items() if word not in shared | bodies}


def field_words(fields: Iterable[FormField]) -> dict[str, str]:
    """Every way a cell of the form is called, with the field's id."""
    words: dict[str, str] = {}
    for field in fields:
        for way in (field.label, field.cover, *field.ways):
            if way:
                words.setdefault(normalise(way), field.id)
    return words


@kept
def _table_words(call: Call, lexicon: Lexicon) -> dict[str, str | int]:
    libraries = {word: name for word, name in lexicon.libraries.items() if name in call.libraries}
    return {**task_words(call, lexicon), **libraries, **{normalise(name): name for name in call.libraries}}


def _table(text: str, call: Call, lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[int, ...]]:
    found, _ = take(text, _table_words(call, lexicon))
    return (
        tuple(one for one in found if isinstance(one, str)),
        tuple(one for one in found if isinstance(one, int)),
    )


@kept
def _industry_words(call: Call, lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    words = {normalise(cluster.name): (cluster.name, "") for cluster in call.clusters}
    words |= {normalise(chain): (chain, "") for chain in call.cluster_of_chain}
    return {word: (name, word) for word, name in lexicon.products.items()} | words


def _industry(text: str, call: Call, lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]:
    found, rest = take(text, _industry_words(call, lexicon))
    names = [name for name, _ in found] + _numbered_clusters(text, call)
    return (
        tuple(dict.fromkeys(name for name in names if name in call.cluster_by_name)),
        tuple(dict.fromkeys(name for name in names if name in call.cluster_of_chain)),
        tuple(product for _, product in found if product),
        rest,
    )


def _without_leads(text: str, call: Call, lexicon: Lexicon) -> str:
    """The text without the kinds of bodies that are encouraged to lead, unless it asks for a place in the table."""
    if {"集群词", "产业链词", "对应"} & lexicon.found(text):
        return text
    for lead in sorted(lexicon.concepts["鼓励类"].words if "鼓励类" in lexicon.concepts else (), key=len, reverse=True):
        text = text.replace(lead, "□" * len(lead))
    return text


def _numbered_clusters(text: str, call: Call) -> list[str]:
    if re.search("最后一?个集群", text):
        return [call.clusters[-1].name] if call.clusters else []
    match = re.search(rf"第({NUMERAL})个?集?群|集群({NUMERAL})|序号({NUMERAL})号?那?个?集?群", text)
    wanted = number(match[1] or match[2] or match[3]) if match else None
    return [one.name for one in call.clusters if one.number == wanted]


def _aspects(text: str, call: Call) -> tuple[str, ...]:
    return tuple(
        aspect.name
        for section in call.narratives()
        for aspect in section.aspects
        if any(normalise(word) in text for word in (aspect.name, *aspect.ways))
    )


def _numbered_sections(text: str, call: Call) -> tuple[str, ...]:
    if LAST.search(text):
        return tuple(one.id for one in call.sections[-1:])
    mentions = () if TOTAL.search(text) else SECTION_MENTION.finditer(text)
    wanted = {number(match[1] or match[2]) for match in mentions}
    wanted |= {number(char) for match in SECTION_RUN.finditer(text) for char in match[1]}
    return tuple(section.id for position, section in enumerate(call.sections, 1) if position in wanted)


def _places(text: str, call: Call, lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...]]:
    region = call.call.region
    home = {normalise(one.city): one.city for one in call.recommenders}
    home |= {normalise(one.city[:-1]): one.city for one in call.recommenders if len(one.city) > 2}
    home |= {normalise(alias): one.city for one in call.recommenders for alias in one.aliases}
    home |= lexicon.places
    away = {place: place for place in lexicon.outside if place not in region and place not in home}
    outside, rest = take(_without_addresses(text, call), away)
    cities, _ = take(rest, home)
    return cities, outside


def _without_addresses(text: str, call: Call) -> str:
    """The text without runs of the call's own addresses, whose streets and houses are named after other places."""
    for address in (normalise(one.value) for one in call.contacts if one.kind == "address"):
        for size in range(min(len(address), len(text)), HOUSE - 1, -1):
            for start in range(len(address) - size + 1):
                text = text.replace(address[start : start + size], "□" * size)
    return text


def _count(text: str) -> int | None:
    """The number of units a text speaks of; `一家医院` is one of many, not a count."""
    for match in COUNT.finditer(text):
        said = number(match[1] or match[2])
        if said != 1 or ONLY.search(text[: match.start()]) or MEMBER.match(text[match.end() :]):
            return said
    return None


def days_in(text: str, year: int) -> tuple[tuple[int, int, int], ...]:
    """The days a text names as (year, month, day), 0 for what is not said; the call's year by default."""
    found = []
    for match in [*DAY.finditer(text), *DOTTED.finditer(text), *DASHED.finditer(text)]:
        month, day = number(match[2]), number(match[3] or "0")
        if month is not None and day is not None and month <= DECEMBER:
            found.append((_year(match[1], year), month, day))
    found += [(_year(match[1], year), MONTHS[match[2]], 0) for match in PART_OF_YEAR.finditer(text)]
    found += [(int(match[1]), 0, 0) for match in YEAR.finditer(text) if not found]
    return tuple(found)


def _year(said: str | None, year: int) -> int:
    if not said:
        return year
    return year + YEARS[said] if said in YEARS else 2000 + int(said) % 100

"""Cluster and chain in a message: by their names in the table, behind their label, or by what somebody makes."""

from __future__ import annotations

import re

from drafting.phrasebook import any_of, pattern, source
from knowledge.call.definition import Call, Field
from knowledge.language.folding import fold
from knowledge.language.numerals import to_number

# A name of the table ends here, or a word follows that belongs to no longer name (新能源 is not 新能源车).
_AFTER = r"(?:(?![\u4e00-\u9fff])|(?=集群|产业|行业|这|那|里|的|链|方面|领域|方向|和|与|下))"


def named(text: str, call: Call) -> dict[str, str]:
    """Cluster and chain named in a text by their exact names, the chain's own cluster left to be derived."""
    cluster_field, chain_field = call.field_of_kind("cluster"), call.field_of_kind("chain")
    out: dict[str, str] = {}
    names = sorted([*call.cluster_of_chain, *call.cluster_by_name], key=len, reverse=True)
    left = text
    for name in names:
        if name not in left or not re.search(rf"{re.escape(name)}{_AFTER}", left):
            continue
        left = left.replace(name, " " * len(name))
        if name in call.cluster_of_chain and chain_field and chain_field.id not in out:
            out[chain_field.id] = name
        elif name in call.cluster_by_name and cluster_field and cluster_field.id not in out:
            out[cluster_field.id] = name
    inside = re.search(r"\s{2,}的(?P<what>[^，,。；;]{2,8})", left) if cluster_field and chain_field else None
    if inside and chain_field and chain_field.id not in out and (chain := _maker(fold(inside["what"]), call)):
        out[chain_field.id] = chain
    return out or _of_row(text, call)


def _of_row(text: str, call: Call) -> dict[str, str]:
    """Cluster and chain by their places in the table: 第13个，那一行第一个."""
    cluster_field, chain_field = call.field_of_kind("cluster"), call.field_of_kind("chain")
    found = re.search(source("fields.row"), text)
    cluster = next((one for one in call.clusters if found and one.number == to_number(found["row"])), None)
    if not (cluster_field and chain_field and found and cluster):
        return {}
    place = int(to_number(found["place"]) or 0) if found["place"] else 0
    chain = cluster.chains[place - 1] if 0 < place <= len(cluster.chains) else ""
    return {cluster_field.id: cluster.name} | ({chain_field.id: chain} if chain else {})


def linked(text: str, call: Call) -> dict[str, str]:
    """A chain right behind its label, whether the table has it or not: 集群半导体，产业链光刻机."""
    field = call.field_of_kind("chain")
    ways = any_of({*field.ways, field.label, "链"}) if field else ""
    label = rf"(?:^|[，,；;。\s])(?:{ways})(?:{source('fields.verbs')})?"
    found = re.search(rf"{label}(?P<value>[\u4e00-\u9fff]{{2,8}})(?=$|[，,；;。\s])", text)
    value = found["value"] if found else ""
    return {field.id: value} if field and value and not pattern("fields.between").match(value) else {}


def product(text: str, call: Call) -> dict[str, str]:
    """A product right behind the chain's label, which is no chain of the table: 产业链低空经济."""
    found = linked(text, call)
    return {key: value for key, value in found.items() if fold(value) in call.chain_of_product}


def made(text: str, call: Call, asked: Field | None) -> dict[str, str]:
    """The chain that makes what a message says they make, and nothing else: 我们做锂电池的.

    Where the chain was `asked` for, the product alone will do.
    """
    field, said = call.field_of_kind("chain"), text.strip(" 。，,")
    found = pattern("fields.makes").match(said)
    alone = said if field and asked == field else ""
    chain = _maker(fold(found["what"] if found else alone), call)
    return {field.id: chain} if field and chain else {}


def _maker(what: str, call: Call) -> str:
    """The chain that makes a thing: known by that very word, or by the only chain of the products in it."""
    if what in call.cluster_of_chain or what in call.chain_of_product:
        return call.chain_of_product.get(what, what)
    found = {chain for word, chain in call.chain_of_product.items() if len(word) > 1 and word in what}
    return found.pop() if len(found) == 1 else ""

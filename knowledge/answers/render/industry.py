"""Answers about the cluster table: the chains of a cluster, the cluster of a chain or product, counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from knowledge.answers.context import Ask, Found, listed
from knowledge.call.definition import Cluster
from knowledge.language.normal import NUMERAL, number

TRADE = re.compile(
    r"([一-鿿a-z]{2,12}?)(?:属于?|归|对应|算|靠|挂|填|选)[于到在入]?(?:哪|什么|啥|在哪)|有没有([一-鿿]{2,6}?)(?:的|这一?)?条?(?:产业链|链|集群)"
)
GENERAL = re.compile(
    r"我们?|咱们?|俺|本|公司|企业|单位|行业|适用|集群|产业链?|产品|主营|业务|这个|那个?|[做搞卖的是和与]|一家|该|怎么|应该?|到底|具体"
    r"|牵头|所属?|联合体|项目|申报书?|里面?|表|栏|请问|都|老板|厂|生产|加工|制造商?|领域|方向|类|就|又|要|不|知道|清楚|还|如果|但|可|能|写"
)


def chains(ask: Ask) -> Found | None:
    """The chains of the clusters named."""
    clusters = [ask.call.cluster_by_name[name] for name in ask.reading.clusters]
    if not clusters:
        return None
    if len(clusters) == 1:
        one = clusters[0]
        found = {"cluster": one.name, "count": str(len(one.chains)), "chains": listed(one.chains), "n": str(one.number)}
        return Found("one", found, (f"@cluster:{one.number}",))
    lines = "；".join(f"{one.name}：{listed(one.chains)}" for one in clusters[:4])
    total = str(sum(len(one.chains) for one in clusters))
    return Found("several", {"lines": lines, "total": total}, tuple(f"@cluster:{one.number}" for one in clusters[:3]))


def owner(ask: Ask) -> Found | None:
    """The cluster that owns the chain named; says so when the asker put it in another cluster."""
    if not ask.reading.chains:
        return None
    owners = [(chain, ask.call.cluster_of_chain[chain]) for chain in ask.reading.chains]
    if len(owners) > 1:
        return _owners(ask, owners)
    chain, cluster = owners[0]
    found = {"chain": chain, "cluster": cluster.name, "n": str(cluster.number)}
    found["product"] = f"{ask.reading.products[0]}对应" if ask.reading.products else ""
    asked = [name for name in ask.reading.clusters if name != cluster.name]
    yes_no = ask.holds("能否", "是否") and ask.reading.clusters
    variant = "wrong" if asked and ask.holds("能否", "是否") else "right" if yes_no else "one"
    return Found(variant, {**found, "asked": listed(asked)}, (f"@cluster:{cluster.number}",))


def _owners(ask: Ask, owners: list[tuple[str, Cluster]]) -> Found:
    same = len({cluster.name for _, cluster in owners}) == 1
    lines = "；".join(f"{chain}属于“{cluster.name}”集群" for chain, cluster in owners[:5])
    first = owners[0][1].name
    variant = ("same" if same else "differ") if ask.holds("是否", "能否", "相同") else "several"
    quotes = tuple(dict.fromkeys(f"@cluster:{cluster.number}" for _, cluster in owners))
    return Found(variant, {"lines": lines, "cluster": first}, quotes)


def table(ask: Ask) -> Found | None:
    """All clusters, counted and listed."""
    if not ask.call.clusters:
        return None
    found = {"clusters": listed([one.name for one in ask.call.clusters])}
    return Found("", found, ("@clause:cluster_table", "@cluster:1", f"@cluster:{len(ask.call.clusters)}"))


def pick(ask: Ask) -> Found | None:
    """How to choose; a trade that the table doesn't name is said to be missing."""
    found = table(ask)
    thing = _thing(ask)
    if found is None:
        return None
    return replace(found, variant="unlisted", values={"thing": thing}) if thing else replace(found, variant="all")


def _thing(ask: Ask) -> str:
    """The trade a question wants a place for, bare of words that name none."""
    match = TRADE.search(ask.reading.text)
    if not match or ask.reading.chains or ask.reading.clusters:
        return ""
    thing = GENERAL.sub("", match[1] or match[2])
    return thing if len(thing) > 1 else ""


def most(ask: Ask) -> Found | None:
    """The clusters with most and with only one chain."""
    if not ask.call.clusters:
        return None
    count = max(len(one.chains) for one in ask.call.clusters)
    named = re.search(rf"({NUMERAL})条", ask.reading.text)
    wanted = (named and number(named[1])) or (1 if ask.holds("最少", "只有一条") else count)
    if ask.holds("最少") and not any(len(one.chains) == 1 for one in ask.call.clusters):
        wanted = min(len(one.chains) for one in ask.call.clusters)
    found = [one for one in ask.call.clusters if len(one.chains) == wanted]
    if not found:
        return None
    lines = "；".join(f"{one.name}（{listed(one.chains)}）" for one in found)
    return Found("", {"count": str(wanted), "lines": lines}, tuple(f"@cluster:{one.number}" for one in found[:3]))


def number_of(ask: Ask) -> Found | None:
    """The number a cluster has in the table."""
    clusters = [ask.call.cluster_by_name[name] for name in ask.reading.clusters]
    clusters = clusters or [ask.call.cluster_of_chain[name] for name in ask.reading.chains]
    if not clusters:
        return None
    one = clusters[0]
    return Found(
        "", {"cluster": one.name, "n": str(one.number), "chains": listed(one.chains)}, (f"@cluster:{one.number}",)
    )


RENDERERS: dict[str, Callable[[Ask], Found | None]] = {
    "chains_of": chains,
    "cluster_of": owner,
    "clusters_all": table,
    "clusters_pick": pick,
    "clusters_most": most,
    "cluster_number": number_of,
}

"""The sentences that a disclosure's page opens with, made of its figures and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from budgetlod.publish.addresses import Language
from budgetlod.publish.site.money import grouped, millions, percent_text, ten_thousands

_WORDS = {
    "personnel": ("用于人员", "to staff"),
    "public": ("用于日常公用", "to running costs"),
    "basic": ("是基本支出", "to basic expenditure"),
}


class Facts(NamedTuple):
    """What the opening speaks of; ``None``, 0 or nothing where the disclosure does not say.

    ``change`` is the change of the whole in yuan, ``percent`` the same in per cent, ``year`` the year compared with;
    ``split`` are natures with their amounts, ``projects`` the number of projects that are listed, ``funds`` the names
    (Chinese, English) of all sources with money.
    """

    whole: Decimal | None = None
    change: Decimal | None = None
    percent: Decimal | None = None
    year: str = ""
    split: Sequence[tuple[str, Decimal]] = ()
    projects: int = 0
    three_public: Decimal | None = None
    funds: Sequence[tuple[str, str]] = ()


def opening(facts: Facts, language: Language) -> str:
    """Return the sentences; ``""`` when there is nothing to say."""
    if language == "zh":
        rest = [f"“三公”经费 {ten_thousands(facts.three_public)} 万元"] if facts.three_public is not None else []
        sentences = [_change_zh(facts), "；".join(filter(None, [_split_zh(facts), *rest])), _funds_zh(facts)]
        return "".join(f"{sentence}。" for sentence in sentences if sentence)
    rest = (
        [f"“Three public” costs: CNY {millions(facts.three_public)} million"] if facts.three_public is not None else []
    )
    sentences = [_change_en(facts), _split_en(facts), *rest, _funds_en(facts)]
    return " ".join(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in sentences if sentence)


def share_text(amount: Decimal, whole: Decimal) -> str:
    """Return a share of the whole in per cent with one decimal, without the sign.

    ``share_text(Decimal(1), Decimal(3)) == "33.3"``
    """
    return f"{_rounded(amount * 100 / whole)}" if whole else "0.0"


def _change_zh(facts: Facts) -> str:
    if facts.change is None:
        if facts.percent is None:
            return ""
        if not facts.percent:
            return f"与 {facts.year} 年持平"
        return f"比 {facts.year} 年{'增长' if facts.percent > 0 else '下降'} {grouped(abs(facts.percent), 1)}%"
    if not facts.change:
        return f"与 {facts.year} 年持平"
    share = "" if facts.percent is None else f"（{percent_text(facts.percent)}）"
    return f"比 {facts.year} 年{'增加' if facts.change > 0 else '减少'} {ten_thousands(abs(facts.change))} 万元{share}"


def _change_en(facts: Facts) -> str:
    if facts.change is None and facts.percent is None:
        return ""
    if not (facts.percent if facts.change is None else facts.change):
        return f"the same as in {facts.year}"
    if facts.change is None:
        assert facts.percent is not None
        return f"{grouped(abs(facts.percent), 1)}% {'more' if facts.percent > 0 else 'less'} than in {facts.year}"
    share = "" if facts.percent is None else f" ({percent_text(facts.percent)})"
    return f"CNY {millions(abs(facts.change))} million {'more' if facts.change > 0 else 'less'} than in {facts.year}{share}"


def _parts(facts: Facts) -> list[tuple[str, str]]:
    whole = facts.whole or Decimal()
    return [(nature, share_text(amount, whole)) for nature, amount in facts.split if amount] if whole > 0 else []


def _split_zh(facts: Facts) -> str:
    parts = _parts(facts)
    if len(parts) == 1:
        return {"project": "全部是项目支出"}.get(parts[0][0], "全部是基本支出")
    project = f"用于 {facts.projects} 个项目" if facts.projects else "用于项目"
    words = [
        f"{share} 元{project if nature == 'project' else _WORDS.get(nature, ('用于其他', ''))[0]}"
        for nature, share in parts
    ]
    return f"每 100 元里，{'，'.join(words)}" if words else ""


def _split_en(facts: Facts) -> str:
    parts = _parts(facts)
    if len(parts) == 1:
        return {"project": "all of it is for projects"}.get(parts[0][0], "all of it is basic expenditure")
    number = f"{facts.projects} project{'' if facts.projects == 1 else 's'}" if facts.projects else "projects"
    words = [
        f"{share} {f'to {number}' if nature == 'project' else _WORDS.get(nature, ('', 'to other uses'))[1]}"
        for nature, share in parts
    ]
    return _joined(words)


def _joined(words: Sequence[str]) -> str:
    if not words:
        return ""
    first, *others = words
    amount, _, rest = first.partition(" ")
    return ", ".join([f"of every 100 yuan, {amount} go {rest}", *others])


def _funds_zh(facts: Facts) -> str:
    return f"全部来自{facts.funds[0][0]}" if len(facts.funds) == 1 else ""


def _funds_en(facts: Facts) -> str:
    return f"all of it from: {facts.funds[0][1] or facts.funds[0][0]}" if len(facts.funds) == 1 else ""


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_EVEN)

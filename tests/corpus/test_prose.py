"""Amounts in the prose of the corpus: how many are understood, which contradict the tables, what some of them state.

An amount is a number with a unit of money. Some are left alone on purpose: those in reasons, limits (单价100万元以上), and
those of things that the budget does not know (what goals cover, quarters, balance sheets).
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from budgetlod.core.text import fold
from budgetlod.model.cube import ChangeOf, Point
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.notes import Mention
from tests.corpus.documents import disclosure, folders, needs_corpus

pytestmark = needs_corpus
_MONEY = re.compile(r"\d[\d,]*(?:\.\d+)?(?:亿元|万元|千元|元)")

# The least share of amounts that are mapped, where it is not 84 %: one speaks of its accounts, one of the parts of its
# projects, one of its projects one by one.
LEAST = {
    "kunming-shenjiju-2026-budget-html": 75,
    "shenzhen-xinfangju-2026-budget": 55,
    "shanghai-putuo-caizhengju-2025-budget": 70,
}

# Faults of the documents, checked on their pages: the amount printed, where, and the code or source it is of. Most are
# cut off where they should be rounded; one has a digit too many, one a total of another unit, one two amounts for an item.
FAULTS = {
    "shanghai-putuo-caizhengju-2024-final": [("0.3万元", 21, "fiscal")],
    "shanghai-putuo-caizhengju-2025-budget": [
        ("87.70万元", 7, "2080501"), ("887.36万元", 7, "2080506"), ("78.21万元", 8, "2101101"),
        ("204.91万元", 8, "2210201"), ("268.77万元", 8, "2210203"),
    ],
    "shanghai-putuo-wanli-2024-budget": [("352.67万元", 9, "2210201")],
    "xian-yibaoju-2022-budget-yuan": [("2036.82万元", 20, "301"), ("3092.07万元", 20, "302"), ("17.64万元", 20, "303")],
}  # fmt: skip

# Read off the pages by eye: what each amount is of, without what is all.
STATED = {
    "chongqing-xuanchuanbu-2026-budget": [
        ("12,899.62万元", "expenditure general-public basic"), ("504.98万元", "expenditure general-public procurement"),
        ("910.53万元", "expenditure general-public agency-operating"), ("659.75万元", "change expenditure basic"),
        ("2,898.00万元", "revenue undertaking"),
    ],
    "fuzhou-yibaoju-2026-budget": [
        ("333405.00万元", "expenditure general-public 2101202"), ("5.00万元", "expenditure fiscal reception"),
        ("577.91万元", "expenditure general-public public"), ("26.92万元", "change expenditure general-public agency-operating"),
    ],
    "shanghai-putuo-caizhengju-2024-final": [
        ("2993.92万元", "budget expenditure general-public"), ("1511.89万元", "expenditure general-public 2010601"),
        ("6.2万元", "revenue current other"), ("2152.26万元", "expenditure general-public personnel"),
    ],
    "wuxi-xinfangju-2025-budget": [
        ("724.5万元", "expenditure fiscal 2014004"), ("20.19万元", "change expenditure general-public training"),
        ("225.52万元", "expenditure procurement"), ("98.53万元", "expenditure fiscal public"),
    ],
    "kunming-shenjiju-2026-budget-html": [
        ("1,192,640.00元", "revenue carried fiscal"), ("20,758,502.00元", "expenditure fiscal project"),
        ("6,399,184.61元", "change revenue general-public"), ("3,300.00元", "change expenditure fiscal three-public"),
    ],
    "shanghai-putuo-wanli-2025-budget": [
        ("652.27万元", "expenditure general-public 2120104"), ("1349.94万元", "expenditure reserved-micro"),
    ],
}  # fmt: skip


def _amounts(read: Disclosure) -> int:
    texts = [read.content.preamble, *(section.text for section in read.content.sections)]
    return sum(len(_MONEY.findall(fold(text))) for text in texts)


def _mapped(read: Disclosure) -> list[Mention]:
    return [m for m in read.content.mentions if m.amount is not None and _MONEY.search(fold(m.printed))]


def _words(mention: Mention, read: Disclosure) -> str:
    """Return the codes that a mention states, with the phase where it is not that of the disclosure."""
    change, point = isinstance(mention.states, ChangeOf), mention.states
    point = point.point if isinstance(point, ChangeOf) else point
    assert isinstance(point, Point)
    phase = "" if point.phase == read.identity.phase else point.phase
    codes = (phase, *(str(value) for value in point[3:] if value != "_T"))
    return " ".join(filter(None, ("change" if change else "", *codes)))


def _contradicts(mention: Mention, read: Disclosure) -> bool:
    cells = (c for s in read.content.statements for c in s.cells if c.states == mention.states and c.amount is not None)
    amounts = [cell.amount for cell in cells]
    number = _MONEY.search(fold(mention.printed))
    assert number is not None
    digits = re.search(r"\.(\d+)", number[0])
    unit = Decimal(10000) if "万" in number[0] else Decimal(1)
    half = unit.scaleb(-len(digits[1]) if digits else 0) / 2
    return bool(amounts) and all(a is not None and abs(a - (mention.amount or 0)) > half for a in amounts)


@pytest.mark.parametrize("folder", folders())
def test_amounts_of_the_prose_are_understood(folder: str) -> None:
    read = disclosure(folder)
    amounts = _amounts(read)
    assert len(_mapped(read)) * 100 >= amounts * LEAST.get(folder, 84)


@pytest.mark.parametrize("folder", folders())
def test_only_faults_of_the_document_contradict_its_tables(folder: str) -> None:
    read = disclosure(folder)
    found = [m for m in _mapped(read) if isinstance(m.states, Point) and _contradicts(m, read)]
    assert [(fold(m.printed), m.place.page, _words(m, read).split()[-1]) for m in found] == FAULTS.get(folder, [])


@pytest.mark.parametrize(("folder", "expected"), STATED.items())
def test_amounts_state_what_a_reader_sees(folder: str, expected: list[tuple[str, str]]) -> None:
    read = disclosure(folder)
    stated = {(fold(mention.printed), _words(mention, read)) for mention in _mapped(read)}
    assert [pair for pair in expected if pair not in stated] == []

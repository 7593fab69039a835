"""Forms, procurement and lists of units of real disclosures: as many as the pages print, with the amounts they print.

The numbers here were counted on the pages.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest

from tests.corpus.documents import disclosure, folders, needs_corpus

pytestmark = needs_corpus
SCHEDULES = ("performance", "department-performance", "procurement", "service-purchase", "institutions", "assets")


class Counts(NamedTuple):
    """Project forms, their indicators, those of the department, rows and lines of procurement, units listed."""

    forms: int = 0
    indicators: int = 0
    department: int = 0
    bought: int = 0
    lines: int = 0
    units: int = 0
    budget: str = "0"
    """The budgets of all forms together, in yuan."""


PRINTED = {
    "beijing-shenjiju-2026-budget-tables": Counts(17, 168, 32, 3, 0, 0, "24681921.93"),
    "changsha-xinfangju-2026-budget": Counts(4, 56, 21, budget="2869100.00"),
    "chongqing-xuanchuanbu-2026-budget": Counts(bought=3),
    "fuzhou-yibaoju-2026-budget": Counts(13, 104, 0, 0, 0, 4, "3440636400.00"),
    "guangzhou-xinfangju-2026-budget": Counts(1, budget="2522800.00"),
    "hangzhou-qixiangju-2026-budget": Counts(3, budget="21316100.00"),
    "jiangsu-renda-2018-budget": Counts(bought=24, lines=13),
    "shanghai-putuo-caizhengju-2024-final": Counts(units=3),
    "shenzhen-xinfangju-2026-budget": Counts(6, budget="16123000.00"),
    "wuxi-xinfangju-2025-budget": Counts(bought=5, lines=2),
    "xian-xinfangju-2026-budget": Counts(9, 63, 14, 9, 6, 1, "6069900.00"),
    "xian-yibaoju-2022-budget-yuan": Counts(1, 54, 47, 50, 45, 3, "30752300.00"),
    "yantai-shenjiju-2026-budget": Counts(6, 63, 0, 4, budget="7815000.00"),
    "yantai-tuiyijunren-2026-budget-html": Counts(15, 171, 0, 11, budget="42780000.00"),
}


@pytest.mark.parametrize("folder", folders())
def test_as_many_as_are_printed(folder: str) -> None:
    content = disclosure(folder).content
    forms = [project for project in content.projects if project.form]
    found = Counts(
        len(forms),
        sum(len(project.indicators) for project in forms),
        len(content.indicators),
        len(content.procurement),
        sum(line.kind == "line" for line in content.procurement),
        len(content.institutions),
        str(sum((project.budget or Decimal(0) for project in forms), Decimal(0))),
    )
    assert found == PRINTED.get(folder, Counts())


@pytest.mark.parametrize("folder", folders())
def test_every_number_of_a_schedule_states_something(folder: str) -> None:
    statements = [s for s in disclosure(folder).content.statements if s.type in SCHEDULES]
    assert {s.key: [cell.printed for cell in s.unmapped] for s in statements if s.unmapped} == {}


@pytest.mark.parametrize("folder", folders())
def test_indicators_are_whole(folder: str) -> None:
    """Each has a category of the national framework and a name; four in five of the targets are understood or words."""
    content = disclosure(folder).content
    every = [*(i for project in content.projects for i in project.indicators), *content.indicators]
    indicators = [i for i in every if i.level_1 or i.level_2]
    assert [i.label for i in indicators if not i.category or not i.label] == []
    numbers = [i for i in indicators if any(character.isdigit() for character in i.target.printed)]
    assert 5 * sum(i.target.value is not None for i in numbers) >= 4 * len(numbers)


@pytest.mark.parametrize("folder", [folder for folder in folders() if PRINTED.get(folder, Counts()).indicators])
def test_weights_make_a_hundred_with_those_for_spending(folder: str) -> None:
    """Where a form prints weights they make 90: ten points are for spending the budget."""
    for project in disclosure(folder).content.projects:
        weights = [indicator.weight for indicator in project.indicators if indicator.weight is not None]
        assert not weights or sum(weights) == 90, project.name

"""The records of the notes: sections, facts stated in prose, institutions, projects, indicators, schedules."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from budgetlod.model.cube import Subject
from budgetlod.model.document import Place


class Section(NamedTuple):
    """A section of the explanatory notes with its text, one paragraph a line."""

    order: int
    label: str
    type: str
    text: str
    place: Place


class Mention(NamedTuple):
    """A figure, change, count or target stated in prose."""

    order: int
    section: int
    printed: str
    place: Place
    states: Subject
    amount: Decimal | None = None
    number: Decimal | None = None
    unit: str = ""
    comparator: str = ""
    percent: Decimal | None = None


class Institution(NamedTuple):
    """A body of the department: nature, rank and funding as codes where known, always as printed."""

    order: int
    name: str
    type: str
    rank: str
    funding: str
    printed: tuple[str, str, str]


class Goal(NamedTuple):
    """A performance goal; ``part_of`` is the order of the goal it belongs to."""

    order: int
    text: str
    place: Place
    part_of: int | None = None


class Target(NamedTuple):
    """A target as printed, taken apart: comparator code, value, unit. No value: a target in words."""

    printed: str
    text: str
    comparator: str = ""
    value: Decimal | None = None
    unit: str = ""
    unit_text: str = ""


class Indicator(NamedTuple):
    """A performance indicator of a project or of the department."""

    order: int
    category: str
    label: str
    target: Target
    place: Place
    description: str = ""
    basis: str = ""
    goal: int | None = None
    level_1: str = ""
    level_2: str = ""


class PlannedPayment(NamedTuple):
    """By the end of ``month`` the cumulative ``share`` (percent) of the budget is to be paid."""

    month: int
    share: Decimal
    place: Place


class Project(NamedTuple):
    """A budget project; amounts in yuan, ``None`` where the cell is blank.

    ``form`` is false for a project that only a procurement table names; ``parent`` is the key of the project that
    a purchase is one of several for.
    """

    key: str
    code: str
    name: str
    statement: str
    place: Place
    purpose: str = ""
    budget: Decimal | None = None
    fiscal_funds: Decimal | None = None
    other_funds: Decimal | None = None
    payments: tuple[PlannedPayment, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    form: bool = True
    parent: str = ""


class ProcurementLine(NamedTuple):
    """A row of the procurement table; ``kind`` is line, subtotal or total."""

    order: int
    kind: str
    label: str
    organization: str
    project: str
    project_label: str
    catalogue_code: str
    unit: str
    unit_text: str
    quantity: Decimal | None
    unit_price: Decimal | None
    project_funds: Decimal | None
    amount: Decimal | None
    reserved: Decimal | None
    place: Place


class AssetLine(NamedTuple):
    """A row of the asset table: class, quantity and book value in yuan."""

    order: int
    asset_class: str
    label: str
    quantity: Decimal | None
    unit_text: str
    amount: Decimal | None
    as_of: str
    place: Place


class Duty(NamedTuple):
    """One duty of the department."""

    order: int
    text: str
    place: Place


class Term(NamedTuple):
    """A term of the glossary with its definition."""

    order: int
    label: str
    definition: str
    place: Place

"""The records of the notes: sections, facts stated in prose, institutions, projects, indicators, schedules."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from budgetlod.model.cube import ChangeOf, Subject
from budgetlod.model.document import Place


class Section(NamedTuple):
    """A section of the explanatory notes with its text, one paragraph a line."""

    order: int
    label: str
    type: str
    text: str
    place: Place


class Mention(NamedTuple):
    """A figure, change, count or target stated in prose.

    Of a change: ``direction`` is the code of the word printed with it, ``percent`` the percentage with its printed
    decimals, ``compared`` the year it names by its number (0: none). Of a count of projects: ``listed`` is how many
    items the list behind it has; of an item of such a list: ``position`` is its place there, ``list_of`` the order of
    the mention of the count. ``confidence`` (0 to 1) is below 1 where the text was recognised in a picture.
    ``precision`` is what its last digit is worth in yuan where its section prints its amounts otherwise than the rest.
    """

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
    direction: str = ""
    compared: int = 0
    listed: int | None = None
    position: int | None = None
    list_of: int | None = None
    confidence: float = 1.0
    precision: Decimal | None = None


class Remark(NamedTuple):
    """Something that prose says in words and a rule asks about; one of the fields after ``place`` says what.

    ``reason`` is the text of a stated reason, empty where it breaks off, and ``explains`` the change it is given for.
    ``undecided``: both directions stand side by side, as the template has them. ``uses`` are economic codes of what
    money is said to be used for. ``new_project`` is the name of a project that is said to be new, ``project`` the key
    of the one of the document's projects it names.
    """

    order: int
    section: int
    printed: str
    place: Place
    reason: str | None = None
    explains: ChangeOf | None = None
    undecided: bool = False
    uses: tuple[str, ...] = ()
    new_project: str = ""
    project: str = ""


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


CodeName = tuple[str, str]
"""A code by its scheme and notation."""


class Target(NamedTuple):
    """A target as printed, taken apart: comparator code, value, unit. No value: a target in words.

    ``wording`` is the code of a target in known words. A target without value that has a comparator or a unit is
    a sign or a unit without its number.
    """

    printed: str
    text: str
    comparator: str = ""
    value: Decimal | None = None
    unit: str = ""
    unit_text: str = ""
    wording: CodeName | None = None


class Indicator(NamedTuple):
    """A performance indicator of a project or of the department.

    ``first_level`` is the code of the level 1 that the table prints; ``speaks_of`` the measure and the topics of its
    words; ``unit_price`` its target in yuan where that is the price of one of a kind, and ``price_of`` the order of
    the indicator that counts the kind; ``cost_amount`` its target in yuan where that is a cost of the project.
    ``weight`` are the points it counts for when the result is judged, ``scoring`` how they are given.
    """

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
    first_level: str = ""
    speaks_of: tuple[CodeName, ...] = ()
    unit_price: Decimal | None = None
    price_of: int | None = None
    cost_amount: Decimal | None = None
    weight: Decimal | None = None
    scoring: str = ""


class PlannedPayment(NamedTuple):
    """By the end of ``month`` the cumulative ``share`` (percent) of the budget is to be paid."""

    month: int
    share: Decimal
    place: Place


class Project(NamedTuple):
    """A budget project; amounts in yuan, ``None`` where the cell is blank.

    ``form`` is false for a project that only a procurement table names, and for a task of the department; ``parent``
    is the key of the project that a purchase is one of several for. ``title_number`` and ``title_name`` are what the
    title of its form says. ``unit`` is who carries it out, as printed; ``term_budget`` its budget for all its years.
    ``group`` is the key of the group of projects under which a table of projects lists it.
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
    title_number: int | None = None
    title_name: str = ""
    goals_blank: bool = False
    """Whether the form has a field for goals that is left blank."""
    unit: str = ""
    term_budget: Decimal | None = None
    group: str = ""


class Customs(NamedTuple):
    """What more than half of the performance forms have: categories of indicators, months of the payment plan."""

    categories: tuple[str, ...] = ()
    months: tuple[int, ...] = ()


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

"""What the texts of goals say beside the goals themselves: numbers, telling words, bodies, and what they speak of."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from budgetlod.model.cube import Thing
from budgetlod.model.document import Place


class Said(NamedTuple):
    """What a passage of a text says: what is printed from ``start`` on, the words around its number, and the number.

    ``words`` name what the number measures; they are empty where it is none of the whole year and of the thing itself:
    a change, a share of a month. ``lead`` are those right before it. ``amount`` is in yuan, ``precision`` what its last
    digit is worth. ``item`` is the number of the list item that it stands in, ``times`` how often a year the amount is
    paid, ``meaning`` a code of the scheme ``goal-word``.
    """

    start: int
    printed: str
    words: str = ""
    lead: str = ""
    amount: Decimal | None = None
    precision: Decimal | None = None
    number: Decimal | None = None
    unit: str = ""
    comparator: str = ""
    item: int = 0
    times: int = 1
    meaning: str = ""


class TextPassage(NamedTuple):
    """A number, or telling words, in a goal of a project or in what its money is for.

    ``source`` is the goal, or the project if the passage stands in its purpose. ``same`` is the indicator that speaks
    of the same measure.
    """

    project: str
    statement: str
    order: int
    source: Thing
    place: Place
    said: Said
    same: Thing | None = None


class NamedBody(NamedTuple):
    """A body that the name of a project names as the one it is for; ``institution`` is its name in the table, if any."""

    name: str
    project: str
    institution: str
    place: Place


class GoalWords(NamedTuple):
    """How much of a goal's own words other texts use, each a share from 0 to 1; ``None`` where it cannot be told.

    ``in_purpose`` is the share that the purpose of its project uses, ``in_projects`` the largest share that the texts of
    one project use.
    """

    goal: Thing
    in_purpose: Decimal | None = None
    in_projects: Decimal | None = None


class GoalFacts(NamedTuple):
    """All of it. ``same`` are pairs of what states a number (a mention or an indicator) and an indicator.

    ``blank`` are the keys of the projects whose form has a field for goals that is left blank.
    """

    passages: tuple[TextPassage, ...] = ()
    bodies: tuple[NamedBody, ...] = ()
    words: tuple[GoalWords, ...] = ()
    same: tuple[tuple[Thing, Thing], ...] = ()
    blank: tuple[str, ...] = ()


NO_GOAL_FACTS = GoalFacts()

"""Validation with what is known of a disclosure beside its graph: what its publisher states, what its reader met.

A source says it in ``source.toml``; a published folder in ``report.json``, so that both give the same report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from budgetlod.model.problem import Problem
from budgetlod.model.publisher import Acceptance
from budgetlod.validate import DEFAULT_ENGINE, DEFAULT_PROFILE, validate
from budgetlod.validate.acceptance import accept

if TYPE_CHECKING:
    from budgetlod.validate.data import Data
    from budgetlod.validate.report import Report


class Review(NamedTuple):
    """Profiles and acceptances of the publisher, problems of the reader."""

    profiles: tuple[str, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    problems: tuple[Problem, ...] = ()


def validate_reviewed(
    data: Data, review: Review, *, profile: Sequence[str] = (DEFAULT_PROFILE,), engine: str = DEFAULT_ENGINE
) -> Report:
    """Validate ``data`` and return the report with problems, and with what the publisher accepts marked.

    The publisher's profiles are part of what a publication must pass: they come with the default profile only.
    """
    asked = (*profile, *review.profiles) if DEFAULT_PROFILE in profile else tuple(profile)
    report = validate(data, profile=asked, engine=engine)
    return accept(replace(report, problems=review.problems), review.acceptances)

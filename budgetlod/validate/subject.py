"""What a rendering is made of: reports with what belongs to them, and how they are to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from budgetlod.validate.report import Report, Severity

if TYPE_CHECKING:
    from budgetlod.validate.data import Data

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Subject:
    """One report, and where the document that it is about lies.

    ``folder`` is empty or ends in ``/``: the names of sources in places are relative to it, and it is relative to
    :attr:`Style.base`. ``file`` is the name of the document, if one is known. ``data`` is what was validated.
    """

    report: Report
    folder: str = ""
    file: str = ""
    data: Data | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """How to show reports; each form takes what concerns it.

    ``base`` is the absolute IRI of the folder that files are relative to; without it the same report gives the same
    bytes on every machine. ``minimum`` leaves out what weighs less, ``results`` adds the results of the shapes,
    ``compact`` leaves out the line breaks that only people need.
    """

    language: Language = "zh"
    base: str = ""
    colour: bool = False
    minimum: Severity = "info"
    results: bool = False
    compact: bool = False

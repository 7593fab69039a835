"""The figures as a cube of cube.link: the second view of a disclosure, for tools such as Visualize and LINDAS.

https://cube.link/. A cube describes each of its dimensions in a SHACL shape that its observations conform to. They are
resources of their own, ``…/cube/cube.ttl#<key>`` for the figure ``…/figure/<key>``: the shape is closed, so that one
resource could not be an observation of both vocabularies. All are fragments of the file, which so answers for them. Property shapes and lists are blank nodes, because tools
fetch the shape with ``DESCRIBE``, which follows blank nodes only; nothing of this file is in ``all.nq.gz``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from budgetlod.publish.columns import columns
from budgetlod.publish.figures import CODED, DIMENSIONS, Code, Figure
from budgetlod.publish.item import PublishedDisclosure
from budgetlod.rdf.context import relative_reference
from budgetlod.rdf.names import BLOD, CODE
from budgetlod.rdf.terms import iri, string

FILE = "cube/cube.ttl"
"""The path of the file inside the folder of its disclosure."""
_YEAR = "fiscalYear"
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
_PLAIN_LOCAL = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)


class Dimension(NamedTuple):
    """What the shape says of a dimension: its property, its names, whether its values are resources, those in use."""

    path: str
    names: list[str]
    coded: bool
    values: list[str]


class Observation(NamedTuple):
    """An observation: its IRI, and its properties as lines of Turtle."""

    iri: str
    facts: list[str]


def cube_turtle(item: PublishedDisclosure, figures: Sequence[Figure], codes: Sequence[Code]) -> bytes:
    """Return the cube of a disclosure as Turtle: its description, its shape, its observations and their codes."""
    written = _template().render(
        item=item,
        publisher=_near(item.publisher.iri, item.iri),
        cube=f"{item.iri}/{FILE}#",
        schemes=sorted({code.iri.rpartition("/")[0] for code in codes if code.iri.startswith(CODE)}),
        created=_whole_date(item.issued),
        modified=_whole_date(item.modified or item.issued),
        known_date=_known_date(item.issued),
        dimensions=[_dimension(name, figures, codes) for name in DIMENSIONS],
        observations=list(_observations(item, figures)),
        codes=[_code(code) for code in codes],
    )
    return written.encode()


def _whole_date(text: str) -> str:
    """Return a day as a literal: the first one of a year or month, because cube.link takes days only."""
    return f'"{text}{"0000-01-01"[len(text) :]}"^^xsd:date' if text else ""


def _known_date(text: str) -> str:
    """Return a date as precisely as it is known."""
    return f'"{text}"^^xsd:{_DATE_TYPES[len(text)]}' if text else ""


def _dimension(name: str, figures: Sequence[Figure], codes: Sequence[Code]) -> Dimension:
    column = next(column for column in columns("observations") if column.name == name)
    words = [string(column.title_zh, "zh"), string(column.title_en, "en")]
    if name == _YEAR:
        years = {figure.values[DIMENSIONS.index(name)] for figure in figures}
        return Dimension(_short(BLOD + name), words, False, [_year(year) for year in sorted(years)])
    return Dimension(_short(BLOD + name), words, True, [_short(code.iri) for code in codes if code.dimension == name])


def _observations(item: PublishedDisclosure, figures: Sequence[Figure]) -> Iterator[Observation]:
    for figure in figures:
        coordinates = [
            f"blod:{name} {_short(value) if name in CODED else _year(value)}"
            for name, value in zip(DIMENSIONS, figure.values, strict=True)
        ]
        stated = {"amount": figure.amount, "precision": figure.precision}
        numbers = [f'blod:{name} "{text}"^^xsd:decimal' for name, text in stated.items() if text]
        key = figure.iri.removeprefix(item.iri + "/figure/")
        yield Observation(_near(f"{item.iri}/{FILE}#{key}", item.iri), coordinates + numbers)


def _near(text: str, disclosure: str) -> str:
    """Return an IRI relative to the base of the file, which lies below the disclosure, or whole where it lies elsewhere."""
    return iri(relative_reference(text, disclosure + "/") or text)


def _code(code: Code) -> Observation:
    """Return a code as a term of its list, named in both languages where the data names it so."""
    labels = ((code.label_zh, "zh"), (code.label_en, "en"))
    facts = [f"schema:name {string(text, language)}" for text, language in labels if text]
    facts.append(f"schema:termCode {string(code.notation)}")
    if code.iri.startswith(CODE):
        facts.append(f"schema:inDefinedTermSet {iri(code.iri.rpartition('/')[0])}")
    return Observation(_short(code.iri), facts)


def _year(text: str) -> str:
    return f'"{text}"^^xsd:gYear'


@cache
def _short(text: str) -> str:
    """Return an IRI as a prefixed name where Turtle needs no escape for it, else whole."""
    if text.startswith(BLOD):
        return f"blod:{text[len(BLOD) :]}"
    scheme, _, name = text[len(CODE) :].partition("/") if text.startswith(CODE) else ("", "", "")
    return f"code-{scheme}:{name}" if scheme and (_PLAIN_LOCAL.fullmatch(name) or name.isdigit()) else iri(text)


@cache
def _template() -> Template:
    # Turtle, not HTML: terms are escaped when they are made.
    folder = FileSystemLoader(Path(__file__).with_name("templates"))
    environment = Environment(
        loader=folder,
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"iri": iri, "string": string}
    return environment.get_template("cube.ttl")

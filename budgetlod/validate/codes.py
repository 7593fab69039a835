"""The words and facts of codes: what the graph itself says, else what the lexicon says."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from urllib.parse import unquote

import pyoxigraph

from budgetlod.core.resources import resource
from budgetlod.model.codes import ALL, Code
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.rdf.names import BLOD, CODE, RDFS, SKOS
from budgetlod.validate.facts import Facts, local
from budgetlod.validate.report import Messages


def notation(code: str) -> str:
    """Return the notation of a code's IRI."""
    return unquote(local(code))


def says_nothing(code: str) -> bool:
    """Whether a code means "not broken down"."""
    return not code or notation(code) == ALL


def label(facts: Facts, code: str) -> Messages:
    """Return the label of a code in both languages; of classifications with the digits: ``行政运行(2010301)``."""
    found = _listed(code)
    printed = _preferred(facts, code)
    zh = (found.label if found else "") or printed or notation(code)
    en = (found.label_en if found else "") or zh
    digits = notation(code)
    return Messages(f"{zh}({digits})", f"{en} ({digits})") if digits.isdigit() else Messages(zh, en)


def factor(facts: Facts, unit: str) -> Decimal | None:
    """Return how many yuan one of a unit of money is, ``None`` for a unit of anything else."""
    said = facts.number(unit, "factor")
    found = _listed(unit) if said is None else None
    return found.factor if found else said


def money_units() -> dict[Decimal, str]:
    """Return the notations of the units of money by how many yuan one of them is; of several the shortest name."""
    codes = load_lexicon().lists["unit"].codes
    named = sorted(((code.factor, len(name), name) for name, code in codes.items() if code.factor), reverse=True)
    return {value: name for value, _, name in named}


@lru_cache(maxsize=1)
def classes() -> dict[str, Messages]:
    """Return the names of the classes and properties of the budget ontology, by IRI without its namespace."""
    words: dict[str, dict[str, str]] = {}
    path = resource("ontology/ontology.ttl")
    for triple in pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
        subject, value = triple.subject, triple.object
        is_label = triple.predicate.value == RDFS + "label" and isinstance(value, pyoxigraph.Literal)
        if is_label and isinstance(subject, pyoxigraph.NamedNode) and subject.value.startswith(BLOD):
            words.setdefault(subject.value.removeprefix(BLOD), {})[value.language or "en"] = value.value
    return {name: Messages(by.get("zh", name), by.get("en", name)) for name, by in words.items()}


def _preferred(facts: Facts, code: str) -> str:
    return facts.one(code, SKOS + "prefLabel") if code.startswith(CODE) else ""


def _listed(code: str) -> Code | None:
    """Return a code as the lexicon has it."""
    scheme = code.removeprefix(CODE).partition("/")[0]
    listed = load_lexicon().lists.get(scheme)
    return listed.codes.get(notation(code)) if listed else None

"""Small words for making triples: facts about a subject, texts in two languages, dates as exact as they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from budgetlod.rdf.terms import Triple, iri, string, typed

_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def part(of: str, name: str) -> str:
    """Return the IRI of a part: a fragment of the page of what it is a part of, so that it resolves with that page."""
    return f"{of}{'-' if '#' in of else '#'}{name}"


def facts(subject: str, *statements: tuple[str, Sequence[str]]) -> Iterator[Triple]:
    """Yield a triple for every value of every ``(predicate IRI, terms)``."""
    for predicate, values in statements:
        for value in values:
            yield iri(subject), iri(predicate), value


def texts(zh: str, en: str) -> list[str]:
    """Return the literals of a text in both languages; an empty one is left out."""
    return [string(text, language) for text, language in ((zh, "zh"), (en, "en")) if text]


def links(*targets: str) -> list[str]:
    """Return the IRI references of the targets that are not empty."""
    return [iri(target) for target in targets if target]


def date(text: str) -> list[str]:
    """Return a date literal of the type that its length says (year, month, day), or nothing for no date.

    Raises ``ValueError`` for any other length.
    """
    if not text:
        return []
    if len(text) not in _DATE_TYPES:
        raise ValueError(f"not a year, month or date: {text!r}")
    return [typed(text, _DATE_TYPES[len(text)])]


def chinese_first(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples without duplicates, sorted, of texts with one subject and predicate the Chinese ones first.

    Harvesters take the first text when none is in their own language, and most of the texts were written in Chinese.
    """
    return sorted(set(triples), key=lambda triple: (triple[0], triple[1], not triple[2].endswith('"@zh'), triple[2]))

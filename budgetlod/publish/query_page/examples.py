"""Named queries as examples: the question in words, then plain SPARQL with its defaults filled in."""

from __future__ import annotations

from typing import NamedTuple

from budgetlod.rdf.queries import NamedQuery, Parameter, named_queries

FIRST = "totals-by-function"
"""The example that the page opens with."""


class Example(NamedTuple):
    """A named query in one language: its name, title and description, and SPARQL that needs no parameters."""

    name: str
    title: str
    description: str
    text: str


def examples(language: str) -> list[Example]:
    """Return all named queries, the first to show first, the others in the order of their names."""
    queries = sorted(named_queries().values(), key=lambda query: (query.name != FIRST, query.name))
    return [_example(query, language) for query in queries]


def _example(query: NamedQuery, language: str) -> Example:
    title, description = query.title(language), query.description(language)
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#")).strip()
    parts = [f"# {title}\n# {description}", body, *_settings(query, language)]
    return Example(query.name, title, description, "\n".join(parts) + "\n")


def _settings(query: NamedQuery, language: str) -> list[str]:
    """Return the defaults as the one VALUES clause that may follow a query, and in comments what else may be set."""
    terms = {param.name: param.term() for param in query.params}
    fixed = {name: term for name, term in terms.items() if term is not None}
    lines = []
    if fixed:
        names = " ".join(f"?{name}" for name in fixed)
        lines.append(f"VALUES ({names}) {{ ({' '.join(map(str, fixed.values()))}) }}")
    return [*lines, *(f"# ?{param.name}: {_meaning(param, language)}" for param in query.params)]


def _meaning(param: Parameter, language: str) -> str:
    return param.description_zh if language == "zh" else param.description_en

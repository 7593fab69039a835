"""Which page of the publication an IRI has: patterns with one placeholder for each step of the path.

The same patterns go into the page, where its script reads them, so that prepared answers and fresh ones agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from budgetlod.rdf.names import CODE, PREFIXES

_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")


class PageRule(NamedTuple):
    """IRIs of the form ``iri`` have a page at ``zh`` and ``en``, relative to the publication.

    ``{name}`` stands for one step of a path: characters without ``/``, ``#`` and ``?``.
    """

    iri: str
    zh: str
    en: str

    def page(self, iri: str, language: str) -> str | None:
        """Return the path of the page of ``iri``, or ``None`` when the rule is not about it."""
        pattern = _PLACEHOLDER.sub(r"(?P<\1>[^/#?]+)", re.escape(self.iri))
        found = re.fullmatch(pattern, iri)
        path = self.zh if language == "zh" else self.en
        return path.format_map(found.groupdict()) if found else None


def page_rules(base: str) -> list[PageRule]:
    """Return the rules for what has a page of its own, and for the parts that are fragments of one."""
    disclosure, both, one = "dataset/{organization}/{period}", "index.html", ("index.html", "index.html")
    two = (both, "index.en.html")
    homes = [
        (base, f"{disclosure}/statement/{{key}}", two),
        (base, f"{disclosure}/figure/{{key}}", one),
        (base, f"{disclosure}/text", two),
        (base, f"{disclosure}/report", two),
        (base, disclosure, two),
        (base, "organization/{organization}/project/{year}/{key}", two),
        (base, "organization/{organization}", two),
    ]
    rules = []
    for space, path, names in homes:
        for part in ("", "#{part}"):
            rules.append(PageRule(f"{space}{path}{part}", *(f"{path}/{name}{part}" for name in names)))
    codes = ("{scheme}/{notation}", "{scheme}")
    return [*rules, *(PageRule(CODE + code, *(f"code/{code}/{name}" for name in one)) for code in codes)]


def disclosure_rule(base: str) -> PageRule:
    """Return the rule for disclosures, whose folders bear the names of their IRIs."""
    path = "dataset/{organization}/{period}/"
    return PageRule(base + path.rstrip("/"), path + "index.html", path + "index.en.html")


def page_of(rules: Sequence[PageRule], iri: str, language: str) -> str | None:
    """Return the page of ``iri`` by the first rule that is about it."""
    return next((page for rule in rules if (page := rule.page(iri, language)) is not None), None)


def short(iri: str, base: str) -> str:
    """Return an IRI in few characters: a path below ``base``, ``scheme:notation`` or ``prefix:name`` where known."""
    if iri.startswith(base):
        return iri.removeprefix(base)
    scheme, slash, notation = iri.removeprefix(CODE).partition("/")
    if iri.startswith(CODE) and slash and "/" not in notation:
        return f"{scheme}:{notation}"
    known = ((prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space) and iri != space)
    return next((f"{prefix}:{iri.removeprefix(space)}" for prefix, space in known), iri)

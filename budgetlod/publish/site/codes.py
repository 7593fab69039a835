"""The pages of codes and their lists, in both languages at once, made of the ontology and of what each disclosure uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from budgetlod.core.resources import resource
from budgetlod.publish.addresses import link, page_of
from budgetlod.publish.site.around import SCHEMA
from budgetlod.publish.site.code_facts import Codes, Use, largest
from budgetlod.publish.site.head import address
from budgetlod.publish.site.rendering import Relation, render
from budgetlod.publish.site.vocabulary import Text
from budgetlod.publish.stages import Overview, Page
from budgetlod.rdf.names import CODE

_MOST_USES: Final = 200
_FILES: Final = {"statement": "statements.ttl", "section": "sections.ttl"}


class Node(NamedTuple):
    """A code in a tree: its name, notation, label, address, and the codes below it."""

    name: str
    notation: str
    label: Text
    href: str
    below: tuple[Node, ...]


class Row(NamedTuple):
    """A disclosure that uses a code: its title and address, the figure with its bar."""

    title: Text
    href: str
    figure: str
    use: Use
    share: str


def pages(whole: Overview) -> Iterator[Page]:
    """Yield a page for every code and list that the publication uses, and the list of lists."""
    codes = Codes(whole.entries)
    yield _all_schemes(whole, codes)
    for scheme, names in codes.by_scheme.items():
        yield _scheme(whole, codes, scheme, names)
    for name in codes.names:
        yield _code(whole, codes, name)


def _all_schemes(whole: Overview, codes: Codes) -> Page:
    path = "code/index.html"
    schemes = [
        (scheme, codes.scheme_label(scheme), codes.note(scheme), len(names), link(path, page_of(CODE + scheme, "")))
        for scheme, names in sorted(codes.by_scheme.items(), key=lambda one: -len(one[1]))
    ]
    values = {"schemes": schemes, "trail": _trail(path), "both": True, "canonical": address(path, whole.settings)}
    return render("codes.html", path, values)


def _scheme(whole: Overview, codes: Codes, scheme: str, names: Sequence[str]) -> Page:
    path = page_of(CODE + scheme, whole.settings.base)
    inside = set(names)
    tops = [name for name in names if not any(broader in inside for broader in codes.broader(name))]
    title = codes.scheme_label(scheme)
    values = {
        "scheme": scheme,
        "title": title,
        "note": codes.note(scheme),
        "count": len(names),
        "nodes": [_node(codes, name, path, set()) for name in tops],
        "file": _file(path, scheme),
        "trail": [*_trail(path, ("code/index.html", Text("代码", "codes"))), ("", title.zh)],
        "both": True,
        "canonical": address(path, whole.settings),
        "relations": _relations(path, scheme, CODE + scheme),
        "jsonld": {"@context": SCHEMA, "@type": "DefinedTermSet", "@id": CODE + scheme, "name": title.zh},
    }
    return render("scheme.html", path, values)


def _node(codes: Codes, name: str, path: str, above: set[str]) -> Node:
    below = [one for one in codes.narrower.get(name, ()) if one not in above]
    href = link(path, page_of(CODE + name, ""))
    return Node(
        name,
        _shown(codes.notation(name)),
        codes.label(name),
        href,
        tuple(_node(codes, one, path, {*above, name}) for one in below),
    )


def _code(whole: Overview, codes: Codes, name: str) -> Page:
    path, scheme = page_of(CODE + name, whole.settings.base), name.partition("/")[0]
    title, uses = codes.label(name), codes.uses.get(name, [])
    ways = codes.path(name)
    values = {
        "iri": CODE + name,
        "notation": _shown(codes.notation(name)),
        "title": title,
        "listed": codes.is_listed(name),
        "note": codes.note(name),
        "others": codes.others(name),
        "steps": [(_shown(codes.notation(one)), codes.label(one), link(path, page_of(CODE + one, ""))) for one in ways],
        "matches": [(how, codes.notation(other), codes.label(other), link(path, page_of(CODE + other, "")))
                    for how, other in codes.matches(name)],
        "below": [_node(codes, one, path, {name, *codes.narrower.get(one, ())}) for one in codes.narrower.get(name, ())],
        "rows": _rows(path, uses, whole),
        "count": len(uses),
        "query": link(path, "query/index.html"),
        "file": _file(path, scheme),
        "trail": [
            *_trail(path, ("code/index.html", Text("代码", "codes")), (page_of(CODE + scheme, ""), codes.scheme_label(scheme))),
            ("", title.zh),
        ],
        "both": True,
        "canonical": address(path, whole.settings),
        "relations": _relations(path, scheme, CODE + name),
        "jsonld": _jsonld(name, title, scheme, codes),
    }  # fmt: skip
    return render("code.html", path, values)


def _rows(path: str, uses: Sequence[Use], whole: Overview) -> list[Row]:
    """Return the disclosures that use a code, those with a figure first, at most so many as a reader looks at."""
    top = largest(uses)
    ordered = sorted(uses, key=lambda use: (use.amount is None, use.entry.folder))
    return [
        _row(path, use, f"{abs(use.amount or Decimal(0)) * 100 / top:.1f}" if top else "0", whole)
        for use in ordered[:_MOST_USES]
    ]


def _row(path: str, use: Use, share: str, whole: Overview) -> Row:
    entry = use.entry
    figure = f"{entry.folder}/figure/{unquote(use.figure)}/index.html" if use.figure else ""
    return Row(
        Text(entry.title_zh, entry.title_en),
        link(path, page_of(entry.iri, whole.settings.base)),
        link(path, figure) if figure else "",
        use,
        share,
    )


def _jsonld(name: str, title: Text, scheme: str, codes: Codes) -> dict[str, Any]:
    return {
        "@context": SCHEMA,
        "@type": "DefinedTerm",
        "@id": CODE + name,
        "termCode": codes.notation(name),
        "name": title.zh,
        "alternateName": [one for one in (title.en, *codes.others(name)) if one],
        "inDefinedTermSet": CODE + scheme,
    }


def _trail(path: str, *steps: tuple[str, Text]) -> list[tuple[str, str]]:
    return [(link(path, there), label.zh) for there, label in (("index.html", Text("首页", "Home")), *steps)]


def _relations(path: str, scheme: str, iri: str) -> list[Relation]:
    file = _file(path, scheme)
    found = [Relation("cite-as", iri), Relation("up", link(path, "code/index.html"))]
    return [Relation("alternate", file, "text/turtle"), *found] if file else found


def _file(path: str, scheme: str) -> str:
    """Return the address of the file that holds a list; empty for a list of no file of its own."""
    name = _FILES.get(scheme, f"codelists/{scheme}.ttl")
    return link(path, f"ontology/{name}") if (resource("ontology") / name).exists() else ""


def _shown(notation: str) -> str:
    return "" if notation == "_T" else notation

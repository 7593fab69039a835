"""The search index: classic scripts, since a page opened from a disk may load no other kind of file.

``assets/search.js`` sets ``window.budgetlodIndex`` to a list of ``[kind, zh, en, path, extra]``; ``kind`` is one of
:data:`KINDS`, ``extra`` further words to be found by. ``assets/amounts/<dd>.js`` adds the amounts whose first two digits are
``dd`` to ``window.budgetlodAmounts["<dd>"]``, as ``[yuan, zh, path, en]``. ``window.budgetlodOmitted`` names the kinds that a
large publication leaves out of the index.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final
from urllib.parse import unquote

from budgetlod.model.lexicon import SCHEMES
from budgetlod.publish.addresses import page_of
from budgetlod.publish.entry import Entry
from budgetlod.publish.item import Publisher
from budgetlod.publish.site.code_facts import Codes
from budgetlod.publish.site.naming import CODED
from budgetlod.publish.site.ontology import search_terms
from budgetlod.publish.site.vocabulary import Text
from budgetlod.publish.stages import Overview, Page
from budgetlod.rdf.names import BLOD, CODE

KINDS: Final = ("department", "disclosure", "project", "code", "term", "indicator", "statement")
_MOST: Final = 20_000
_FIRST_TO_GO: Final = ("indicator", "statement", "project")
_FIGURES: Final = "observations.csv"
_SAID: Final = (*(name for name in CODED if name != "flow"), "flow")
_DOT: Final = " · "

Found = tuple[str, str, str, str, str]


def pages(whole: Overview) -> Iterator[Page]:
    """Yield the index and the shards of amounts."""
    codes = Codes(whole.entries)
    entries = [*_of_codes(codes), *_of_terms(), *(one for entry in whole.entries for one in _of_entry(entry, whole))]
    kept, omitted = _bounded(sorted(set(entries), key=lambda one: (KINDS.index(one[0]), one[3], one)))
    text = f"window.budgetlodOmitted={_json(omitted)};\nwindow.budgetlodIndex={_json(kept)};\n"
    yield "assets/search.js", text.encode()
    for digits, amounts in sorted(_amounts(whole, codes).items()):
        start = "window.budgetlodAmounts=window.budgetlodAmounts||{};\nwindow.budgetlodAmounts"
        yield f"assets/amounts/{digits}.js", f'{start}["{digits}"]={_json(amounts)};\n'.encode()


def shard(yuan: str) -> str:
    """Return the first two digits of an amount with two decimals, by which its shard is named.

    ``shard("12345000.00") == "12"``, ``shard("0.50") == "50"``, ``shard("0.00") == "00"``
    """
    return yuan.lstrip("-").replace(".", "").lstrip("0")[:2].ljust(2, "0")


def _of_entry(entry: Entry, whole: Overview) -> Iterator[Found]:
    base, summaries = whole.settings.base, entry.summaries
    who = entry.publisher
    yield "department", who.name_zh, who.name_en, page_of(who.iri, base), ""
    home = page_of(entry.iri, base)
    yield "disclosure", entry.title_zh, entry.title_en, home, str(entry.fiscal_year)
    extra = f"{who.name_zh} {entry.fiscal_year}"
    for iri, name, indicators in summaries.get("project", ()):
        path = page_of(iri, base)
        yield "project", name, "", path, f"{unquote(iri.rpartition('/')[2])} {extra}"
        for anchor, label in indicators:
            yield "indicator", label, "", f"{path}#{anchor}", name
    for title, key in summaries.get("statement", ()):
        yield "statement", title, "", f"{entry.folder}/statement/{unquote(key)}/index.html", extra


def _of_codes(codes: Codes) -> Iterator[Found]:
    for name in codes.names:
        label = codes.label(name)
        notation = "" if codes.notation(name) == "_T" else codes.notation(name)
        yield (
            "code",
            label.zh or label.en,
            label.en,
            page_of(CODE + name, ""),
            " ".join([notation, *codes.others(name)]),
        )


def _of_terms() -> Iterator[Found]:
    for name, label in search_terms():
        yield "term", label.zh, label.en, page_of(BLOD + name, ""), name


def _bounded(entries: list[Found]) -> tuple[list[Found], list[str]]:
    """Return the entries that a reader's device searches in an instant, and the kinds left out for that."""
    omitted: list[str] = []
    for kind in _FIRST_TO_GO:
        if len(entries) > _MOST:
            omitted.append(kind)
            entries = [one for one in entries if one[0] != kind]
    return entries, omitted


def _amounts(whole: Overview, codes: Codes) -> Mapping[str, Sequence[tuple[str, str, str, str]]]:
    """Return the figures of all disclosures by the first digits of their amounts, from the tables of figures."""
    label = cache(lambda dimension, notation: codes.label(f"{SCHEMES[dimension]}/{notation}"))
    found: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for entry in whole.entries:
        projects = {_tail(iri): Text(name) for iri, name, _ in entry.summaries.get("project", ())}
        with (whole.folder / entry.folder / _FIGURES).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                codes_of_row = [(name, row[name]) for name in _SAID if row[name] != "_T"]
                names = [
                    projects.get(code, Text(code)) if name == "project" else label(name, code)
                    for name, code in codes_of_row
                ]
                yuan, path = _two_decimals(row["amount"]), page_of(row["observation"], whole.settings.base)
                zh, en = _words(names, row["fiscalYear"], entry.publisher)
                found[shard(yuan)].append((yuan, zh, path, en))
    return {digits: sorted(amounts, key=_widest_first) for digits, amounts in found.items()}


def _widest_first(amount: tuple[str, str, str, str]) -> tuple[str, int, tuple[str, str, str, str]]:
    """Return a sort key by which, of figures of one amount, those with the fewest coordinates come first."""
    return amount[0], amount[1].count(_DOT), amount


def _words(names: Sequence[Text], year: str, who: Publisher) -> Text:
    zh, en = f"{year} {who.name_zh}", f"{year} {who.name_en or who.name_zh}"
    return Text(
        _DOT.join([*(one.zh or one.en for one in names), zh]), _DOT.join([*(one.en or one.zh for one in names), en])
    )


def _two_decimals(amount: str) -> str:
    whole, _, part = amount.partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"


def _tail(iri: str) -> str:
    return unquote(iri.rpartition("/")[2])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

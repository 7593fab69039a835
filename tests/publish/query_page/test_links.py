"""The patterns by which the query page finds pages agree with the addresses of the site, for every IRI of the example."""

from __future__ import annotations

import re
from urllib.parse import unquote

from budgetlod.publish import addresses
from budgetlod.publish.addresses import PAGE_NAMES
from budgetlod.publish.query_page.links import page_of, page_rules
from budgetlod.publish.settings import BASE
from budgetlod.rdf.lexical import iri_text
from budgetlod.rdf.names import BLOD, CODE
from budgetlod.rdf.terms import Triple

RULES = page_rules(BASE)
_ELSEWHERE = re.compile(r"/source\.[a-z]+(#|$)|/version/|^" + re.escape(BLOD))


def test_patterns_and_addresses_agree(example_triples: list[Triple]) -> None:
    terms = {term for triple in example_triples for term in triple if term.startswith("<")}
    iris = sorted(iri for iri in map(iri_text, terms) if iri.startswith((BASE, CODE)))
    found = {iri: {name: page_of(RULES, iri, name) for name in PAGE_NAMES} for iri in iris}
    known = {iri: pages for iri, pages in found.items() if pages["zh"] is not None}
    assert len(known) > 3000
    wrong = [
        (iri, page)
        for iri, pages in known.items()
        for name, page in pages.items()
        if page is None or unquote(page) != addresses.page_of(iri, BASE, name)
    ]
    assert wrong == []
    assert {re.sub(r"[#?].*", "", iri) for iri in set(iris) - set(known) if not _ELSEWHERE.search(iri)} == set()

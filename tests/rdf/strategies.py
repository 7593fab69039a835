"""Strategies of RDF terms and graphs, from the characters that are known to break writers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from budgetlod.rdf import terms
from budgetlod.rdf.names import BLOD, CODE, RDF, RDFS, SKOS, XSD
from budgetlod.rdf.terms import Triple

BASE = "https://w3id.org/budgetlod/data/dataset/x/2024-budget"

_pieces = [
    *"\"\\\n\r\t\b\f\x01\x0b\x1f\x7f\x85\u00a0\u2028\u2029'`^@<>{}#. 万元，、𠮷𝕏",
    " .\n",
    "\\n",
    "\\u0041",
    '"@zh',
    '"^^<x>',
]
_characters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
texts = st.lists(st.sampled_from(_pieces) | _characters, max_size=12).map("".join)
segments = st.text(st.sampled_from("abcXYZ019部门-._~()!*',:;@%"), min_size=1, max_size=8).map(terms.segment)
_homes = st.sampled_from(
    [f"{BASE}/figure/", f"{BASE}/", f"{BASE}/source.txt#line=", f"{CODE}function/", BLOD, "urn:x:"]
)
iris = (st.just(BASE) | st.builds(lambda home, name: home + name, _homes, segments)).map(terms.iri)
_ours = ["amount", "states", "order", "printed", "isEmpty", "fiscalYear", "unknownToTheContext"]
properties = st.sampled_from(
    [BLOD + name for name in _ours] + [f"{RDFS}label", f"{SKOS}prefLabel", "http://example.org/p", "urn:p"]
).map(terms.iri)
_amounts = st.sampled_from(["1155.90", "100.00", "100", "0.00", "-0.01", "100000000000000000000.10"])
literals = st.one_of(
    texts.map(terms.string),
    st.builds(terms.string, texts, st.sampled_from(["zh", "en"])),
    _amounts.map(lambda text: terms.decimal(Decimal(text))),
    st.integers().map(terms.integer),
    st.booleans().map(terms.boolean),
    st.integers(1000, 9999).map(terms.year),
    st.dates().map(terms.date),
    st.just(f'"AB12"^^<{XSD}hexBinary>'),
)
_types = st.sampled_from([BLOD + "Cell", BLOD + "Row", "urn:C"]).map(terms.iri)
_typing: st.SearchStrategy[Triple] = st.tuples(iris, st.just(terms.iri(RDF + "type")), _types)
triples: st.SearchStrategy[Triple] = st.tuples(iris, properties, iris | literals) | _typing
graphs = st.lists(triples, max_size=15).map(terms.graph)

"""The ontology as data: every file parses, every term and code is described, and nothing dangles.

Files are read once a run; a failing test names the file, term or code at fault.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from budgetlod.core.resources import resource

BLOD = Namespace("https://w3id.org/budgetlod/ontology#")
QB = Namespace("http://purl.org/linked-data/cube#")
CODE = "https://w3id.org/budgetlod/code/"
OURS = "https://w3id.org/budgetlod/"

ROOT = resource("ontology")
FILES = sorted(ROOT.rglob("*.ttl"))
CODELISTS = sorted((ROOT / "codelists").glob("*.ttl"))
ALIGNMENTS = sorted((ROOT / "alignments").glob("*.ttl"))
CUBE_LISTS = ("function", "economic", "government-economic")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def graph(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


@cache
def everything() -> Graph:
    whole = Graph()
    for path in FILES:
        whole += graph(path)
    return whole


@cache
def defined_terms() -> frozenset[Node]:
    """What ontology.ttl and components.ttl describe in our namespace."""
    terms = (graph(ROOT / "ontology.ttl") + graph(ROOT / "components.ttl")).subjects(RDFS.isDefinedBy)
    return frozenset(terms)


def codes() -> list[Node]:
    return sorted(set(everything().subjects(RDF.type, SKOS.Concept)), key=str)


def languages(term: Node, predicate: URIRef) -> set[str | None]:
    return {text.language for text in everything().objects(term, predicate) if isinstance(text, Literal)}


def used_terms(source: Graph) -> set[str]:
    """Every IRI of our ontology in a graph, also those inside SPARQL text (``sh:select``)."""
    found: set[str] = set()
    for node in (node for triple in source for node in triple):
        if isinstance(node, URIRef) and node.startswith(BLOD):
            found.add(str(node).removeprefix(BLOD))
        elif isinstance(node, Literal) and re.search(r"\b(SELECT|ASK|CONSTRUCT)\b", node):
            without_comments = re.sub(r"(?m)(^|\s)#.*$", "", node)
            found.update(re.findall(r"\bblod:([A-Za-z][\w-]*)", without_comments))
    return found - {""}


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=name)
def test_two_parsers_read_the_same_graph(path: Path) -> None:
    quads = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    lines = pyoxigraph.serialize((quad.triple for quad in quads), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert lines is not None
    assert set(Graph().parse(data=lines, format="nt")) == set(graph(path))


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_blank_nodes(path: Path) -> None:
    assert not [node for triple in graph(path) for node in triple if not isinstance(node, (URIRef, Literal))]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_subjects_are_ours(path: Path) -> None:
    assert not [subject for subject in set(graph(path).subjects()) if not str(subject).startswith(OURS)]


@pytest.mark.parametrize("path", ALIGNMENTS, ids=name)
def test_alignments_link_known_terms(path: Path) -> None:
    """An alignment is about a term of ours, a code of ours, or itself; nothing is introduced there."""
    known = defined_terms() | set(codes())
    stray = {subject for subject in graph(path).subjects() if not str(subject).startswith(OURS + "alignment/")} - known
    assert not stray


# --- terms ------------------------------------------------------------------------------------------------------------


def test_every_term_is_described_in_chinese_and_english() -> None:
    lacking = [
        (term, predicate)
        for term in sorted(defined_terms(), key=str)
        for predicate in (RDFS.label, RDFS.comment)
        if languages(term, predicate) != {"zh", "en"}
    ]
    assert not lacking


def test_every_term_has_one_label_a_language() -> None:
    labels = Counter(
        (term, label.language)
        for term in defined_terms()
        for label in everything().objects(term, RDFS.label)
        if isinstance(label, Literal)
    )
    assert not [key for key, count in labels.items() if count > 1]


def test_no_two_properties_share_a_label() -> None:
    properties = {term for term in defined_terms() if set(everything().objects(term, RDF.type)) - {OWL.Class}}
    labels = Counter(label for term in properties for label in everything().objects(term, RDFS.label))
    assert not [str(label) for label, count in labels.items() if count > 1]


def test_ontology_names_its_licence_and_version() -> None:
    header = everything().value(predicate=RDF.type, object=OWL.Ontology)
    for predicate in ("http://purl.org/dc/terms/license", "http://purl.org/dc/terms/title", str(OWL.versionInfo)):
        assert (header, URIRef(predicate), None) in everything()


@pytest.mark.parametrize("folder", ["ontology", "shapes"])
def test_every_term_used_is_defined(folder: str) -> None:
    known = {str(term).removeprefix(BLOD) for term in defined_terms()}
    undefined = {
        path.name: stray
        for path in sorted(ROOT.with_name(folder).rglob("*.ttl"))
        if (stray := used_terms(graph(path)) - known)
    }
    assert not undefined


# --- the cube ---------------------------------------------------------------------------------------------------------


def test_structure_lists_each_component_once_in_order() -> None:
    specifications = list(everything().objects(BLOD.budgetStructure, QB.component))
    orders = sorted(int(str(everything().value(spec, QB.order))) for spec in specifications)
    assert orders == list(range(1, len(specifications) + 1))
    dimensions = {everything().value(spec, QB.dimension) for spec in specifications} - {None}
    assert dimensions == set(everything().subjects(RDF.type, QB.DimensionProperty))
    assert len(dimensions) == 12


def test_every_dimension_has_a_range_and_coded_ones_an_existing_list() -> None:
    for dimension in everything().subjects(RDF.type, QB.DimensionProperty):
        assert everything().value(dimension, RDFS.range) is not None, dimension
        coded = (dimension, RDF.type, QB.CodedProperty) in everything()
        scheme = everything().value(dimension, QB.codeList)
        assert coded == (scheme is not None), dimension
        assert scheme is None or (scheme, RDF.type, SKOS.ConceptScheme) in everything(), scheme
        assert scheme is None or (URIRef(f"{scheme}/_T"), SKOS.inScheme, scheme) in everything(), scheme


# --- codes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CODELISTS, ids=name)
def test_a_code_list_is_one_described_scheme(path: Path) -> None:
    schemes = list(graph(path).subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes == [URIRef(CODE + path.stem)]
    for predicate in (RDFS.label, RDFS.comment):
        assert languages(schemes[0], predicate) == {"zh", "en"}


def test_every_code_has_notation_scheme_and_chinese_label() -> None:
    incomplete = [
        code
        for code in codes()
        if len(list(everything().objects(code, SKOS.notation))) != 1
        or len(list(everything().objects(code, SKOS.inScheme))) != 1
        or "zh" not in languages(code, SKOS.prefLabel)
    ]
    assert not incomplete


def test_the_iri_of_a_code_is_made_of_scheme_and_notation() -> None:
    for code in codes():
        scheme, notation = everything().value(code, SKOS.inScheme), everything().value(code, SKOS.notation)
        assert str(code) == f"{scheme}/{notation}"


def test_preferred_labels_are_unique_in_each_language() -> None:
    labels = Counter(
        (code, label.language)
        for code, label in everything().subject_objects(SKOS.prefLabel)
        if isinstance(label, Literal)
    )
    assert not [key for key, count in labels.items() if count > 1]


def test_no_label_of_a_code_is_given_twice() -> None:
    """SKOS: preferred, alternative and hidden labels of one concept are disjoint."""
    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    twice = [
        (code, str(label))
        for code in codes()
        for label, count in Counter(x for kind in kinds for x in everything().objects(code, kind)).items()
        if count > 1
    ]
    assert not twice


def test_broader_codes_exist_in_the_same_scheme() -> None:
    known = set(codes())
    for code, broader in everything().subject_objects(SKOS.broader):
        assert broader in known, f"{code} -> {broader}"
        assert everything().value(code, SKOS.inScheme) == everything().value(broader, SKOS.inScheme), code


def test_broader_has_no_cycles() -> None:
    for code in codes():
        assert code not in set(everything().transitive_objects(code, SKOS.broader)) - {code}
        above = set()
        for broader in everything().objects(code, SKOS.broader):
            above |= set(everything().transitive_objects(broader, SKOS.broader))
        assert code not in above, code


def test_top_concepts_are_those_without_a_broader_one() -> None:
    for code in codes():
        is_top = everything().value(code, SKOS.topConceptOf) is not None
        assert is_top == (everything().value(code, SKOS.broader) is None), code


@pytest.mark.parametrize("path", CODELISTS, ids=name)
def test_a_scheme_that_names_top_concepts_names_all(path: Path) -> None:
    down = {(code, scheme) for scheme, code in graph(path).subject_objects(SKOS.hasTopConcept)}
    assert not down or down == set(graph(path).subject_objects(SKOS.topConceptOf))


@pytest.mark.parametrize("scheme", CUBE_LISTS)
def test_classifications_hang_under_their_total(scheme: str) -> None:
    total = URIRef(f"{CODE}{scheme}/_T")
    for code in everything().subjects(SKOS.inScheme, URIRef(CODE + scheme)):
        assert total in set(everything().transitive_objects(code, SKOS.broader)), code
        has_parts = (None, SKOS.broader, code) in everything()
        assert ((code, BLOD.complete, Literal(True)) in everything()) == has_parts, code


@pytest.mark.parametrize("scheme", CUBE_LISTS)
def test_a_code_begins_with_its_broader_code(scheme: str) -> None:
    for code in everything().subjects(SKOS.inScheme, URIRef(CODE + scheme)):
        broader = everything().value(code, SKOS.broader)
        if broader is not None and not str(broader).endswith("/_T"):
            assert str(code).startswith(str(broader)), code


def test_units_of_money_have_a_factor_in_yuan() -> None:
    factors = {str(unit).rpartition("/")[2]: factor for unit, factor in everything().subject_objects(BLOD.factor)}
    assert {notation: int(str(factor).partition(".")[0]) for notation, factor in factors.items()} == {
        "cny": 1,
        "cny-1k": 10**3,
        "cny-10k": 10**4,
        "cny-1m": 10**6,
        "cny-100m": 10**8,
    }


@pytest.mark.parametrize("scheme", ["unit", "comparator"])
def test_a_printed_unit_or_comparator_means_one_code(scheme: str) -> None:
    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    members = list(everything().subjects(SKOS.inScheme, URIRef(CODE + scheme)))
    owners = Counter(str(label) for code in members for kind in kinds for label in everything().objects(code, kind))
    assert not [label for label, count in owners.items() if count > 1]


# --- JSON-LD context --------------------------------------------------------------------------------------------------


def context() -> dict[str, str | dict[str, str]]:
    loaded = json.loads((ROOT / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return {key: value for key, value in loaded.items() if not key.startswith("@")}


def test_context_names_every_class_and_property() -> None:
    named = {value if isinstance(value, str) else value["@id"] for value in context().values()}
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = {term for kind in kinds for term in everything().subjects(RDF.type, kind)}
    assert not {f"blod:{str(term).removeprefix(BLOD)}" for term in terms} - named


def test_context_coerces_as_the_ontology_says() -> None:
    """Links become identifiers, literals their datatype; strings stay bare."""
    for key, value in context().items():
        iri = value if isinstance(value, str) else value["@id"]
        term = BLOD[iri.removeprefix("blod:")]
        if not iri.startswith("blod:") or (term, RDF.type, OWL.Class) in everything():
            continue
        coercion = None if isinstance(value, str) else value["@type"]
        if (term, RDF.type, OWL.ObjectProperty) in everything():
            assert coercion == "@id", key
        else:
            kind = str(everything().value(term, RDFS.range)).rpartition("#")[2]
            assert coercion == (None if kind in ("string", "langString") else f"xsd:{kind}"), key


def test_context_declares_every_prefix_it_uses() -> None:
    texts = [text for value in context().values() for text in ([value] if isinstance(value, str) else value.values())]
    used = {text.partition(":")[0] for text in texts if ":" in text and "//" not in text}
    assert used <= set(context())

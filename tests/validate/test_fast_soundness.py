"""What means something else for all focus nodes at once than for one is left to pySHACL; the rest is not."""

from __future__ import annotations

import pytest
from rdflib import Graph

from budgetlod.validate import fast, reference
from budgetlod.validate.data import Data
from budgetlod.validate.engines import EngineFailure, RawResult
from budgetlod.validate.fast.compiled import compiled, reasons
from budgetlod.validate.fast.syntax import Unreadable, parse
from budgetlod.validate.shapes import Shapes

SHAPE = "https://example.org/Shape"
DATA = """
@prefix : <https://example.org/> .
:a a :Thing ; :p 1 ; :q :b ; :label "A" .
:b a :Thing ; :p 2 , 3 ; :q :c , :a .
:c a :Thing ; :q :c .
:d a :Other ; :p 1 ; :q :a ; :label "D" .
"""
SHAPES = """
@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .
:Shape a sh:NodeShape ; TARGET ;
    sh:sparql [ sh:prefixes :Prefixes ; sh:message "{$this} {?value} {?n}"@en ; sh:select \"\"\"QUERY\"\"\" ] .
"""


def shapes_with(query: str, target: str = "sh:targetClass :Thing") -> Shapes:
    """Return the shapes with one SPARQL constraint."""
    return of_turtle(SHAPES.replace("QUERY", query).replace("TARGET", target))


def of_turtle(text: str) -> Shapes:
    """Return the shapes of a text."""
    return Shapes.of_graph("test", Graph().parse(data=text, format="turtle"))


def data() -> Data:
    """Return the graph."""
    return Data.of_graph(Graph().parse(data=DATA, format="turtle"))


def results(shapes: Shapes, engine: str) -> set[RawResult] | None:
    """Return what an engine finds, or ``None`` if it refuses."""
    evaluate = {"fast": fast.evaluate, "pyshacl": reference.evaluate}[engine]
    try:
        return set(evaluate(data(), shapes).results)
    except EngineFailure:
        return None


UNSOUND = {
    "minus": "SELECT $this WHERE { $this ex:p ?n MINUS { $this ex:p 1 } }",
    "values": "SELECT $this WHERE { $this ex:p ?n VALUES ?n { 1 } }",
    "values-after": "SELECT $this WHERE { $this ex:p ?n } VALUES ?n { 1 }",
    "service": "SELECT $this WHERE { SERVICE <https://example.org/sparql> { $this ex:p ?n } }",
    "graph": "SELECT $this WHERE { GRAPH ?g { $this ex:p ?n } }",
    "shapes-graph": "SELECT $this WHERE { $this ex:p ?n FILTER(BOUND($shapesGraph)) }",
    "current-shape": "SELECT $this WHERE { $this ex:p ?n . $currentShape ex:p ?n }",
    "unprojected": "SELECT ?n WHERE { $this ex:p ?n }",
    "star": "SELECT * WHERE { $this ex:p ?n }",
    "sub-select-without-this": "SELECT $this WHERE { $this ex:p ?n { SELECT ?n WHERE { $this ex:p ?n } } }",
    "sub-select-star": "SELECT $this WHERE { $this ex:p ?n { SELECT * WHERE { $this ex:q ?o } } }",
    "as-this": "SELECT (?x AS ?this) WHERE { ?x ex:p ?n }",
    "bind-this": "SELECT $this WHERE { ?x ex:p ?n BIND(?x AS ?this) }",
    "limit": "SELECT $this ?n WHERE { $this ex:q ?n } ORDER BY ?n LIMIT 1",
    "limit-in-sub-select": "SELECT $this ?n WHERE { { SELECT $this ?n WHERE { $this ex:q ?n } ORDER BY ?n LIMIT 1 } }",
    "offset": "SELECT $this ?n WHERE { $this ex:q ?n } ORDER BY ?n OFFSET 1",
    "ungrouped-aggregate": "SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:q ?x }",
    "grouped-by-another": "SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:q ?x } GROUP BY ?x",
    "sample": "SELECT $this (SAMPLE(?x) AS ?n) WHERE { $this ex:q ?x } GROUP BY $this",
    "random": "SELECT $this WHERE { $this ex:p ?n FILTER(RAND() > 2) }",
    "sub-select-in-exists": "SELECT $this WHERE { $this ex:p ?n FILTER EXISTS { SELECT $this WHERE { $this ex:q ?o } } }",
    "outer-variable-in-exists": "SELECT $this WHERE { $this ex:p ?n FILTER EXISTS { { ?x ex:p ?m FILTER(?m > ?n) } } }",
    "look-around": "SELECT $this WHERE { $this ex:label ?n FILTER(REGEX(?n, '(?=A)')) }",
    "no-query": "ASK { $this ex:p ?n }",
    "list": "SELECT $this WHERE { $this ex:p ?n . (1) ex:p $this }",
    "undeclared-prefix": "SELECT $this WHERE { $this other:p ?n }",
}


@pytest.mark.parametrize("name", UNSOUND)
def test_unsound_query_is_left_to_pyshacl(name: str) -> None:
    shapes = shapes_with(UNSOUND[name])
    assert list(reasons(shapes)) == [SHAPE]
    found = results(shapes, "fast")
    assert found == results(shapes, "pyshacl")
    if found is not None:
        assert fast.evaluate(data(), shapes).delegated == (SHAPE,)


SOUND = {
    "triples": "SELECT $this ?value WHERE { $this ex:q ?value }",
    "reflexive": "SELECT $this ?value WHERE { $this ex:q $this BIND($this AS ?value) }",
    "only-in-filter": "SELECT $this ?n WHERE { ?x ex:p ?n FILTER(?x = $this) }",
    "only-in-bind": "SELECT $this ?n WHERE { BIND($this AS ?n) FILTER(?n != ex:a) }",
    "bind-before-triples": "SELECT $this ?n WHERE { BIND(STR($this) AS ?n) $this ex:p ?value }",
    "only-in-optional": "SELECT $this ?n WHERE { OPTIONAL { $this ex:p ?n } FILTER(!BOUND(?n)) }",
    "optional-first": "SELECT $this ?n ?value WHERE { OPTIONAL { $this ex:p ?n } $this ex:q ?value }",
    "filter-in-optional": "SELECT $this ?n WHERE { $this ex:q ?v OPTIONAL { ?x ex:p ?n FILTER(?x = $this) } }",
    "only-in-exists": "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:p 1 } }",
    "exists": "SELECT $this ?value WHERE { $this ex:q ?value FILTER NOT EXISTS { ?value ex:q $this } }",
    "exists-of-groups": "SELECT $this WHERE { FILTER EXISTS { { $this ex:p 1 } UNION { $this ex:p 3 } } }",
    "union": "SELECT $this ?value WHERE { { $this ex:q ?value } UNION { ?value ex:q $this } }",
    "union-with-filters": "SELECT $this WHERE { { FILTER($this = ex:a) } UNION { $this ex:p 3 } }",
    "group-with-filter": "SELECT $this WHERE { $this ex:q ?o { ?o ex:p ?n FILTER($this != ?o) } }",
    "sub-select": "SELECT $this ?n WHERE { { SELECT $this (SUM(?p) AS ?n) WHERE { $this ex:p ?p } GROUP BY $this } FILTER(?n > 1) }",
    "sub-select-with-filter": "SELECT $this WHERE { { SELECT $this WHERE { FILTER($this != ex:b) } } }",
    "having": "SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:q ?x } GROUP BY $this HAVING(COUNT(?x) > 1)",
    "distinct": "SELECT DISTINCT $this WHERE { $this ex:q ?x . ?x ex:q ?y }",
    "path": "SELECT $this ?value WHERE { $this ex:q/ex:q+ ?value }",
    "variable-predicate": "SELECT $this ?value WHERE { $this ?n ?value FILTER(isIRI(?value)) }",
    "own-path": "SELECT $this ?value ?path WHERE { $this ?path ?value FILTER(?path = ex:q) }",
    "comment-and-strings": "SELECT $this ?n WHERE { # LIMIT 1 }\\n $this ex:label ?n FILTER(?n != 'GRAPH } LIMIT') }",
    "blank-node": "SELECT $this WHERE { [] ex:q $this }",
}


@pytest.mark.parametrize("target", ["sh:targetClass :Thing", "sh:targetNode :a , :c", "sh:targetObjectsOf :q"])
@pytest.mark.parametrize("name", SOUND)
def test_sound_query_gives_what_pyshacl_gives(name: str, target: str) -> None:
    shapes = shapes_with(SOUND[name], target)
    assert reasons(shapes) == {}
    assert results(shapes, "fast") == results(shapes, "pyshacl")


@pytest.mark.parametrize("target", ["sh:targetClass :Thing", "sh:targetObjectsOf :q"])
def test_path_of_no_length_from_nodes_of_the_data(target: str) -> None:
    shapes = shapes_with("SELECT $this ?value WHERE { $this ex:q* ?value }", target)
    assert reasons(shapes) == {}
    assert results(shapes, "fast") == results(shapes, "pyshacl")


def test_path_of_no_length_from_a_node_that_may_be_nowhere_is_left() -> None:
    shapes = shapes_with("SELECT $this ?value WHERE { $this ex:q* ?value }", "sh:targetNode :nowhere")
    assert list(reasons(shapes)) == [SHAPE]
    assert results(shapes, "fast") == results(shapes, "pyshacl")


BEYOND_CORE = {
    "recursive": ":Shape sh:property [ sh:path :q ; sh:node :Shape ] .",
    "component": ":Own a sh:ConstraintComponent ; sh:parameter [ sh:path :own ] ; sh:validator [ a sh:SPARQLAskValidator ; "
    'sh:ask "ASK { FILTER(isIRI($value)) }" ] . :Shape :own 1 .',
    "narrow-integer": ":Shape sh:property [ sh:path :p ; sh:datatype xsd:int ] .",
    "decimal-as-term": ":Shape sh:property [ sh:path :p ; sh:in ( 1.0 ) ] .",
    "sparql-within": ':Shape sh:not [ sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?o }" ] ] .',
    "look-around": ':Shape sh:property [ sh:path :label ; sh:pattern "(?!A)" ] .',
}


@pytest.mark.parametrize("name", BEYOND_CORE)
def test_constraint_beyond_a_store_is_left_to_pyshacl(name: str) -> None:
    prologue = SHAPES.partition(":Prefixes")[0]
    shapes = of_turtle(f"{prologue} :Shape a sh:NodeShape ; sh:targetClass :Thing . {BEYOND_CORE[name]}")
    assert list(reasons(shapes)) == [SHAPE]
    assert results(shapes, "fast") == results(shapes, "pyshacl")


@pytest.mark.parametrize(
    "value",
    ['"5"^^<http://www.w3.org/2001/XMLSchema#int>', '"1.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'],
    ids=["narrow integer", "one number written twice"],
)
def test_literals_that_a_store_would_change_are_left_to_pyshacl(value: str) -> None:
    one = '<https://example.org/a> <https://example.org/p> "1.00"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
    lines = one + f"<https://example.org/a> <https://example.org/p> {value} .\n"
    prologue = SHAPES.partition(":Prefixes")[0]
    text = ":Shape a sh:PropertyShape ; sh:targetSubjectsOf :p ; sh:path :p ; sh:maxCount 1 ; sh:datatype xsd:decimal ."
    shapes, given = of_turtle(f"{prologue} {text}"), Data(lines=lines.encode())
    answer = fast.evaluate(given, shapes)
    assert answer.delegated == (SHAPE,)
    assert set(answer.results) == set(reference.evaluate(given, shapes).results)


def test_only_the_shape_that_cannot_be_compiled_is_left() -> None:
    prologue = SHAPES.partition(":Prefixes")[0]
    sound = ":Sound a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :p ; sh:minCount 1 ."
    left = ":Shape a sh:NodeShape ; sh:targetClass :Thing ; sh:property [ sh:path :p ; sh:in ( 1.5 ) ] ."
    shapes = of_turtle(f"{prologue} {sound} {left}")
    answer = fast.evaluate(data(), shapes)
    assert answer.delegated == (SHAPE,)
    assert {result.shape for result in answer.results} == {SHAPE, "https://example.org/Sound"}
    assert set(answer.results) == results(shapes, "pyshacl")


def test_shapes_are_compiled_once() -> None:
    shapes = shapes_with(SOUND["triples"])
    assert compiled(shapes, subclasses=False) is compiled(shapes, subclasses=False)


@pytest.mark.parametrize(
    "query",
    ["SELECT", "SELECT $this WHERE {", "SELECT $this WHERE { $this ex:p ?n } }", "SELECT $this WHERE { ~ }", ""],
)
def test_query_that_is_none_is_unreadable(query: str) -> None:
    with pytest.raises(Unreadable):
        parse(query)

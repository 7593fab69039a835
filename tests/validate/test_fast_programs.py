"""Programs answer as a store does: query by query, on the graphs of the shapes, and on a damaged example."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph

from budgetlod.rdf.terms import Triple
from budgetlod.validate.data import Data, filled
from budgetlod.validate.engines import RawResult
from budgetlod.validate.fast import evaluate
from budgetlod.validate.fast.compiled import compiled
from budgetlod.validate.fast.functions import Unsure
from budgetlod.validate.fast.programs import program
from budgetlod.validate.fast.run import Run
from budgetlod.validate.forms import VALUES, Odd, form_of, lexical
from budgetlod.validate.shapes import Shapes, load_shapes, profiles
from budgetlod.validate.triples import Triples

GRAPHS = sorted((Path(__file__).parents[1] / "shapes").glob("*/*.ttl"))
CHUNKS, CHANGES = 8, 60
XSD = "http://www.w3.org/2001/XMLSchema#"
LINES = f"""<urn:a> <urn:p> "1"^^<{XSD}integer> .
<urn:a> <urn:q> <urn:b> .
<urn:a> <urn:q> <urn:c> .
<urn:b> <urn:p> "01"^^<{XSD}integer> .
<urn:b> <urn:name> "b"@EN .
<urn:b> a_type <urn:Thing> .
<urn:c> <urn:p> "2.50"^^<{XSD}decimal> .
<urn:c> <urn:p> "-0.5"^^<{XSD}decimal> .
<urn:c> <urn:r> "x \\"y\\"\\nz" .
<urn:c> <urn:name> "c"@zh .
<urn:c> <urn:on> "2024-02-03"^^<{XSD}date> .
<urn:c> <urn:year> "2024"^^<{XSD}gYear> .
""".replace("a_type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>").encode()
QUERIES = [
    "SELECT $this ?n WHERE { $this <urn:p> ?n FILTER(?n > 1) }",
    "SELECT $this ?n ?m WHERE { $this <urn:p> ?n . $this <urn:p> ?m FILTER(?n < ?m) }",
    "SELECT $this ?n ?o WHERE { $this <urn:p> ?n . ?o <urn:p> ?n FILTER(?o != $this) }",
    "SELECT $this WHERE { $this <urn:p> 1 }",
    "SELECT $this WHERE { $this <urn:p> ?n FILTER(?n > 1 || ?unknown > 1) }",
    "SELECT $this WHERE { $this <urn:p> ?n FILTER(!(?unknown > 1)) }",
    "SELECT $this WHERE { $this <urn:p> ?n FILTER NOT EXISTS { $this <urn:q> ?other } }",
    "SELECT $this ?n WHERE { $this <urn:q>/<urn:p> ?n }",
    "SELECT $this ?n WHERE { $this ^<urn:q> ?n }",
    "SELECT $this ?n WHERE { $this <urn:r>|<urn:q> ?n }",
    "SELECT $this ?n WHERE { { $this <urn:q> ?n } UNION { $this <urn:r> ?n } }",
    "SELECT $this ?n ?m WHERE { { $this <urn:q> ?n } UNION { $this <urn:r> ?m } }",
    "SELECT $this ?k WHERE { { $this <urn:q> ?n BIND('q' AS ?k) } UNION { $this <urn:r> ?n BIND('r' AS ?k) } }",
    "SELECT $this ?m WHERE { $this <urn:p> ?n OPTIONAL { $this <urn:r> ?m } FILTER(!BOUND(?m) || STRLEN(?m) > 2) }",
    "SELECT $this ?m WHERE { $this <urn:p> ?n OPTIONAL { $this <urn:q> ?m FILTER(?n > 1) } }",
    "SELECT $this ?n WHERE { { SELECT $this (SUM(?x) AS ?n) WHERE { $this <urn:p> ?x } GROUP BY $this } FILTER(?n < 2) }",
    "SELECT $this ?n WHERE { { SELECT $this (COUNT(DISTINCT ?x) AS ?n) WHERE { $this <urn:q> ?x } GROUP BY $this } }",
    "SELECT $this ?a ?b WHERE { { SELECT $this (MIN(?x) AS ?a) (MAX(?x) AS ?b) WHERE { $this <urn:p> ?x } GROUP BY $this } }",
    "SELECT $this ?n WHERE { { SELECT $this (SUM(?x) AS ?n) WHERE { $this <urn:q> ?o . ?o <urn:p> ?x } GROUP BY $this } }",
    "SELECT $this ?k WHERE { $this <urn:p> ?n BIND(?n / 3 AS ?k) }",
    "SELECT $this ?k WHERE { $this <urn:p> ?n BIND(ROUND(100 * ?n / 3) / 100 AS ?k) }",
    "SELECT $this ?k WHERE { $this <urn:p> ?n BIND(ABS(?n) * 2 - 1 AS ?k) FILTER(?k != 0) }",
    "SELECT $this ?k WHERE { $this <urn:p> ?n BIND(IF(?n > 1, 'much', STR(?n)) AS ?k) }",
    "SELECT $this ?k WHERE { $this <urn:p> ?n OPTIONAL { $this <urn:r> ?m } BIND(COALESCE(?m, 'none') AS ?k) }",
    "SELECT $this ?k WHERE { $this <urn:name> ?n BIND(CONCAT(STR(?n), LANG(?n)) AS ?k) FILTER(LANG(?n) IN ('en', 'zh')) }",
    "SELECT $this ?k WHERE { $this <urn:name> ?n BIND(CONCAT(?n, '!') AS ?k) FILTER(?n != 'b') }",
    "SELECT $this ?k WHERE { $this <urn:r> ?n BIND(REPLACE(?n, '[xy]', '-') AS ?k) FILTER(REGEX(?n, '^x.*y') && CONTAINS(?n, 'z')) }",
    "SELECT $this ?k WHERE { $this <urn:year> ?y BIND(<http://www.w3.org/2001/XMLSchema#integer>(STR(?y)) - 1 AS ?k) }",
    "SELECT $this ?k WHERE { $this <urn:on> ?d ; <urn:year> ?y BIND(SUBSTR(STR(?d), 6, 2) AS ?k) FILTER(STRSTARTS(STR(?d), STR(?y))) }",
    "SELECT $this ?y WHERE { $this <urn:on> ?d ; <urn:year> ?y FILTER(?d = ?y || ?y != 2024) }",
    "SELECT $this WHERE { $this <urn:q> ?o FILTER(?o = <urn:b> && EXISTS { ?o a <urn:Thing> FILTER(?o != $this) }) }",
    "SELECT $this ?t WHERE { $this <urn:r> ?n BIND(STR(?n) AS ?t) FILTER EXISTS { ?other <urn:r> ?t } }",
    "SELECT $this ?n WHERE { ?n <urn:q> $this . ?n a ?class }",
    "SELECT $this ?n WHERE { { ?n a <urn:Thing> } UNION { ?n <urn:r> ?m } $this <urn:p> 1 }",
    "SELECT $this ?n WHERE { { ?n a <urn:Thing> } UNION { ?n <urn:r> ?m } BIND($this AS ?k) }",
    "SELECT $this ?n WHERE { ?n a <urn:Thing> . $this <urn:q> ?n }",
    "SELECT $this WHERE { $this <urn:name> 'b'@en }",
    "SELECT $this WHERE { $this <urn:name> 'b' }",
    "SELECT $this WHERE { $this <urn:p> '1.0'^^<http://www.w3.org/2001/XMLSchema#decimal> }",
    "SELECT $this WHERE { $this <urn:p> '1'^^<http://www.w3.org/2001/XMLSchema#integer> }",
    "SELECT $this ?n WHERE { $this <urn:p> ?n FILTER(sameTerm(?n, '1'^^<http://www.w3.org/2001/XMLSchema#integer>)) }",
    "SELECT $this ?n WHERE { $this <urn:q> ?n FILTER(!sameTerm(?n, $this)) }",
    "SELECT $this ?k ?l WHERE { $this <urn:p> ?n BIND(?n + 1 AS ?k) BIND(?k * 2 AS ?l) ?o <urn:p> ?n FILTER(?o != $this) }",
]
NOT_UNDERSTOOD = [
    "SELECT $this WHERE { $this <urn:p>+ ?n }",
    "SELECT $this WHERE { $this ?any ?n }",
    "SELECT $this WHERE { $this <urn:p> ?n FILTER(SHA1(STR(?n)) = 'y') }",
    "SELECT $this ?n WHERE { $this <urn:p> ?n } ORDER BY ?n",
    "SELECT $this WHERE { $this <urn:q> ?o { $this <urn:p> ?n FILTER(?o != <urn:b>) } }",
    "SELECT $this ?value WHERE { $this <urn:p> ?n BIND(?n + 1 AS ?value) }",
    "SELECT $this WHERE { $this <urn:p> ?n BIND(?n AS ?m) ?other <urn:p> ?m }",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_program_answers_as_a_store_does(query: str) -> None:
    made, store = program(query, {}), filled(LINES, has_blank=False)
    assert made is not None
    answers = made.bind(Triples(LINES))
    for focus in ("urn:a", "urn:b", "urn:c"):
        found = [
            tuple(None if t is None else lexical(VALUES[t]) for t in row) for row in answers(f"<{focus}>".encode())
        ]
        asked = store.query(query, substitutions={pyoxigraph.Variable("this"): pyoxigraph.NamedNode(focus)})
        assert isinstance(asked, pyoxigraph.QuerySolutions)
        names = [variable.value for variable in asked.variables if variable.value != "this"]
        expected = [tuple(None if s[n] is None else s[n].value for n in names) for s in asked]
        assert sorted(map(str, (row[1:] for row in found))) == sorted(map(str, expected))


@pytest.mark.parametrize("query", NOT_UNDERSTOOD)
def test_what_is_not_understood_has_no_program(query: str) -> None:
    assert program(query, {}) is None


def test_what_cannot_be_told_is_asked() -> None:
    triples = Triples(LINES + b'<urn:d> <urn:p> "1e3"^^<http://www.w3.org/2001/XMLSchema#double> .\n')
    numbers = program("SELECT $this WHERE { $this <urn:p> ?n FILTER(?n > 1) }", {})
    order = program("SELECT $this WHERE { $this <urn:name> ?n . ?o <urn:name> ?m FILTER(?n < ?m) }", {})
    assert numbers is not None
    assert order is not None
    with pytest.raises(Odd):
        numbers.bind(triples)(b"<urn:a>")
    with pytest.raises(Unsure):
        order.bind(triples)(b"<urn:b>")


def test_nearly_all_of_our_queries_have_programs() -> None:
    constraints = compiled(load_shapes(*profiles()), subclasses=False).constraints
    queries = [constraint for constraint in constraints if constraint.component.endswith("SPARQLConstraintComponent")]
    without = {c.shape.rpartition("/")[2] for c in queries if c.program is not None and c.program() is None}
    assert without == {"PriorYearImplied"}  # more loops than Python allows


@pytest.mark.parametrize(
    ("term", "form", "value"),
    [
        (f'"1.50"^^<{XSD}decimal>', f'"1.5"^^<{XSD}decimal>', Decimal("1.5")),
        (f'"-0.00"^^<{XSD}decimal>', f'"0"^^<{XSD}decimal>', Decimal(0)),
        (f'"3500000.00"^^<{XSD}decimal>', f'"3500000"^^<{XSD}decimal>', Decimal(3500000)),
        (f'"+007"^^<{XSD}integer>', f'"7"^^<{XSD}integer>', Decimal(7)),
        (f'"true"^^<{XSD}boolean>', f'"true"^^<{XSD}boolean>', True),
        ('"a\\"b\\tc"', '"a\\"b\\tc"', 'a"b\tc'),
        ('"a"@ZH-cn', '"a"@zh-cn', ("a", "zh-cn")),
        ("<urn:a>", "<urn:a>", b"<urn:a>"),
    ],
)
def test_forms_and_values(term: str, form: str, value: object) -> None:
    assert form_of(term.encode()) == form.encode()
    assert VALUES[form.encode()] == value


@pytest.mark.parametrize(
    "term", [f'"1"^^<{XSD}boolean>', f'"1e3"^^<{XSD}double>', f'"2023-02-30"^^<{XSD}date>', '"1"^^<urn:t>']
)
def test_odd_literals_have_no_form_here(term: str) -> None:
    assert form_of(term.encode()) == b""


def asked(data: Data, shapes: Shapes) -> set[RawResult]:
    """Return what the store answers where no program does."""
    constraints = compiled(shapes, subclasses=data.triples.has_subclasses).constraints
    return set(Run(data, [replace(constraint, program=None) for constraint in constraints]).results())


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_same_results_on_the_graphs_of_the_shapes(chunk: int) -> None:
    different = []
    for path in GRAPHS[chunk::CHUNKS]:
        data, shapes = Data.of_graph(Graph().parse(path)), load_shapes(path.parent.name)
        if set(evaluate(data, shapes).results) != asked(data, shapes):
            different.append(path.name)
    assert different == []


def changed(triples: list[Triple], seed: int) -> list[Triple]:
    """The triples with some left out, and some with the value that another one of their predicate has."""
    draw = random.Random(seed)
    made = sorted(set(triples))
    by_predicate: dict[str, list[Triple]] = {}
    for triple in made:
        by_predicate.setdefault(triple[1], []).append(triple)
    for _ in range(CHANGES):
        at = draw.randrange(len(made))
        subject, predicate, _value = made[at]
        if draw.random() < 0.3:
            del made[at]
        else:
            made[at] = (subject, predicate, draw.choice(by_predicate[predicate])[2])
    return made


@pytest.mark.parametrize("seed", range(4))
def test_same_results_on_a_damaged_example(seed: int, example_triples: list[Triple]) -> None:
    data, shapes = Data.of_triples(changed(example_triples, seed)), load_shapes("publication")
    assert set(evaluate(data, shapes).results) == asked(data, shapes)

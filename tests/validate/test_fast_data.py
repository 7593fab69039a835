"""How the fast engine reads data: however the N-Triples are written, and without rdflib."""

from __future__ import annotations

import gc
import subprocess
import sys
from weakref import ref

import pytest
from rdflib import Graph

from budgetlod.validate import fast, reference
from budgetlod.validate.data import Data
from budgetlod.validate.shapes import Shapes, load_shapes
from budgetlod.validate.triples import Triples

SHAPES = """
@prefix : <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
:Label a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :label ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:message "One label, please."@en .
:Part a sh:NodeShape ; sh:targetClass :Whole ;
    sh:property [ sh:path :part ; sh:property [ sh:path :label ; sh:nodeKind sh:Literal ] ] .
"""
P = "https://example.org/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
PLAIN = (
    f"<{P}a> {TYPE} <{P}Thing> .\n"
    f'<{P}a> <{P}label> "one" .\n'
    f'<{P}a> <{P}label> "two . <x> .\\n"@en .\n'
    f"<{P}中> {TYPE} <{P}Thing> .\n"
    f"<{P}w> {TYPE} <{P}Whole> .\n"
    f"<{P}w> <{P}part> <{P}a> .\n"
    f"<{P}a> <{P}label> <{P}no-literal> .\n"
)
WRITTEN: dict[str, str] = {
    "plain": PLAIN,
    "comments and spaces": "# a comment\n\n" + PLAIN.replace("> <", ">\t <"),
    "escapes": PLAIN.replace("中", "\\u4E2D"),
    "twice": PLAIN + PLAIN,
    "no newline at the end": PLAIN.rstrip("\n"),
    "blank nodes": PLAIN.replace(f"<{P}a>", "_:a"),
    "subclasses": PLAIN.replace("Thing", "Special")
    + f"<{P}Special> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{P}Thing> .\n",
    "nothing": "",
}


def shapes() -> Shapes:
    """Return the shapes."""
    return Shapes.of_graph("test", Graph().parse(data=SHAPES, format="turtle"))


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_is_found_however_lines_are_written(name: str) -> None:
    data = Data(lines=WRITTEN[name].encode())
    answer = fast.evaluate(data, shapes())
    assert answer.delegated == ()
    assert set(answer.results) == set(reference.evaluate(data, shapes()).results)
    assert bool(answer.results) == (name != "nothing")


def test_shape_without_message_says_what_is_not_met() -> None:
    (result,) = (r for r in fast.evaluate(Data(lines=PLAIN.encode()), shapes()).results if r.shape.endswith("Part"))
    assert result.en == f"Does not meet the constraint NodeKind of <{P}Part>."
    assert result.zh == f"不符合形状 <{P}Part> 的约束 NodeKind。"


def test_triples_are_found_by_predicate() -> None:
    triples = Triples(PLAIN.encode())
    label = f"<{P}label>".encode()
    assert triples.subjects(label) == {f"<{P}a>".encode()} == triples.repeated(label)
    assert len(triples.objects(label)) == 3
    assert triples.members(f"<{P}Thing>".encode()) == {f"<{P}a>".encode(), f"<{P}中>".encode()}
    with pytest.raises(ValueError, match="one triple a line"):
        Triples(b"no triple\n")


def test_validation_does_not_load_rdflib() -> None:
    code = (
        "import sys\nfrom budgetlod.validate import validate\nfrom budgetlod.validate.data import Data\n"
        "validate(Data(lines=b''))\nsys.exit(bool({'rdflib', 'pyshacl'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_is_given_twice_counts_once_and_in_any_order() -> None:
    lines = b"<urn:b> <urn:p> <urn:v> .\n<urn:a> <urn:p> <urn:w> .\n<urn:a> <urn:p> <urn:v> .\n"
    triples = Triples(lines * 2)
    assert triples.size(b"<urn:p>") == 3
    assert triples.values(b"<urn:p>") == {b"<urn:b>": (b"<urn:v>",), b"<urn:a>": (b"<urn:v>", b"<urn:w>")}
    assert sorted(triples.holders(b"<urn:p>")[b"<urn:v>"]) == [b"<urn:a>", b"<urn:b>"]
    assert triples.repeated(b"<urn:p>") == {b"<urn:a>"}


@pytest.mark.parametrize(
    "line",
    [
        "<urn:a> <urn:p> <urn:b> .\r\n",
        "<urn:a> <urn:p> <urn:b> .\r<urn:c> <urn:p> <urn:d> .\n",
        "<urn:a>  <urn:p> <urn:b> .\n",
        "<urn:a>\t<urn:p> <urn:b> .\n",
        "<urn:a> <urn:p> <urn:b>. # so\n",
        "# <urn:p> <urn:b> .\n",
        "<urn:a><urn:p><urn:b> .\n",
        "\n<urn:a> <urn:p> <urn:b> .\n",
        '<urn:a> <urn:p> "b".\n<urn:c> <urn:p> "d" .\n',
        "<urn:a> <urn:p> <urn:b> <urn:g> .\n",
    ],
)
def test_lines_that_are_not_written_plainly_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match="one triple a line"):
        Triples(line.encode() + b"<urn:a> <urn:p> <urn:c> .\n")


def test_a_graph_is_freed_without_looking_for_garbage() -> None:
    """What was made is never looked through for circles soon, so there must be none."""
    data = Data(PLAIN.encode())
    fast.evaluate(data, load_shapes("structure"))
    triples = ref(data.triples)
    gc.disable()
    try:
        del data
        assert triples() is None
    finally:
        gc.enable()

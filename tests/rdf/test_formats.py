"""Every syntax holds the same graph, lexical forms included, and the same graph gives the same bytes."""

from __future__ import annotations

import subprocess
import sys

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetlod.rdf import formats, terms
from budgetlod.rdf.names import BLOD, CODE, RDF, XSD
from budgetlod.rdf.terms import Triple
from tests.rdf import strategies

A, P = terms.iri(strategies.BASE), terms.iri(BLOD + "amount")


def terms_in(content: bytes, form: pyoxigraph.RdfFormat) -> set[str]:
    """The triples that pyoxigraph reads, as text that keeps lexical forms."""
    return {str(quad.triple) for quad in pyoxigraph.parse(content, form)}


@given(strategies.graphs)
def test_all_syntaxes_hold_the_same_graph(graph: list[Triple]) -> None:
    wanted = terms_in(formats.ntriples(graph), pyoxigraph.RdfFormat.N_TRIPLES)
    assert len(wanted) == len(graph)
    assert terms_in(formats.turtle(graph), pyoxigraph.RdfFormat.TURTLE) == wanted


@settings(max_examples=40, deadline=None)
@given(strategies.graphs)
def test_rdflib_reads_what_it_reads_from_ntriples(graph: list[Triple]) -> None:
    wanted = set(rdflib.Graph().parse(data=formats.ntriples(graph), format="nt"))
    assert set(rdflib.Graph().parse(data=formats.turtle(graph), format="turtle")) == wanted


@given(st.lists(strategies.graphs, min_size=1, max_size=3))
def test_merged_quads_are_sorted_and_complete(graphs: list[list[Triple]]) -> None:
    files = [formats.in_graph(formats.ntriples(graph), f"urn:g:{n}") for n, graph in enumerate(graphs)]
    lines = formats.merged(files).split(b"\n")[:-1]
    assert lines == sorted(set(lines))
    quads = {str(quad) for file in files for quad in pyoxigraph.parse(file, pyoxigraph.RdfFormat.N_QUADS)}
    assert {str(q) for q in pyoxigraph.parse(formats.merged(files), pyoxigraph.RdfFormat.N_QUADS)} == quads
    assert len(quads) == sum(map(len, graphs))


@pytest.mark.parametrize("text", ["1155.90", "100.00", "100", "0.00", "-0.10"])
@pytest.mark.parametrize("write", [formats.turtle, formats.rdfxml])
def test_decimals_keep_their_digits(text: str, write: object) -> None:
    form = pyoxigraph.RdfFormat.TURTLE if write is formats.turtle else pyoxigraph.RdfFormat.RDF_XML
    content = write([(A, P, terms.typed(text, "decimal"))])  # type: ignore[operator]
    (quad,) = pyoxigraph.parse(content, form)
    assert isinstance(quad.object, pyoxigraph.Literal)
    assert (quad.object.value, quad.object.datatype.value) == (text, XSD + "decimal")
    ((_, _, value),) = rdflib.Graph().parse(data=content, format="turtle" if write is formats.turtle else "xml")
    assert str(value) == text


def test_turtle_reads_well() -> None:
    graph = terms.graph(
        [
            (A, P, terms.typed("1155.90", "decimal")),
            (A, terms.iri(RDF + "type"), terms.iri(BLOD + "Disclosure")),
            (A, terms.iri(BLOD + "function"), terms.iri(CODE + "function/2010301")),
        ]
    )
    head, body = formats.turtle(graph).decode().split("<" + strategies.BASE, 1)
    prefixes = {line.split()[1] for line in head.splitlines()}
    assert prefixes == {"blod:", "code-function:", "rdf:", "xsd:"}
    assert body.startswith("> a blod:Disclosure;\n\tblod:amount 1155.90;\n\tblod:function code-function:2010301 .")


def test_the_same_graph_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "from budgetlod.rdf import formats, terms;import sys;"
        "g=terms.graph([(f'<urn:{i}>', '<http://purl.org/dc/terms/title>', terms.string(str(i))) for i in range(99)]);"
        "sys.stdout.buffer.write(formats.turtle(g)+formats.rdfxml(g))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_an_empty_graph_is_an_empty_file() -> None:
    assert formats.ntriples([]) == formats.turtle([]) == formats.in_graph(b"", "urn:g") == b""

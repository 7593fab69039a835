"""One engine over some graphs, in a process of its own: ``python -m benchmarks.engines fast publication graphs.json``.

Prints what it took and found as JSON. Loading is from the bytes of N-Triples to what the engine asks (``terms``: from
the triples that the pipeline hands over, as it does when it builds); shapes are read and compiled before the clock
starts, once for all graphs, where the engine allows it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Found = Iterable[tuple[str, str]]
"""Shape and focus node of each result, IRIs without brackets."""
Engine = Callable[[str], tuple[Callable[[bytes], Any], Callable[[Any], Found]]]


def fast(profile: str) -> tuple[Callable[[bytes], Any], Callable[[Any], Found]]:
    """The default engine. The triples are grouped when loaded; a store, if one is needed, is filled while it validates."""
    from budgetlod.validate.data import Data
    from budgetlod.validate.fast import evaluate
    from budgetlod.validate.fast.compiled import compiled
    from budgetlod.validate.shapes import load_shapes

    shapes = load_shapes(profile)
    compiled(shapes, subclasses=False)

    def load(lines: bytes) -> Data:
        data = Data(lines)
        _ = data.triples
        return data

    return load, lambda data: [(r.shape, r.focus[1:-1]) for r in evaluate(data, shapes).results]


def terms(profile: str) -> tuple[Callable[[Any], Any], Callable[[Any], Found]]:
    """The default engine on the triples of the pipeline."""
    from budgetlod.validate.data import Data

    def load(triples: Any) -> Data:
        data = Data.of_triples(triples)
        _ = data.triples
        return data

    return load, fast(profile)[1]


def _triples(lines: bytes) -> Any:
    from budgetlod.rdf.parsing import parse_lines

    return list(parse_lines(lines))


def cached(profile: str) -> tuple[Callable[[bytes], Any], Callable[[Any], Found]]:
    """The reference engine: pySHACL with each query of the shapes parsed once."""
    from budgetlod.validate.data import Data
    from budgetlod.validate.reference import evaluate
    from budgetlod.validate.shapes import load_shapes

    shapes = load_shapes(profile)
    _ = shapes.graph

    def load(lines: bytes) -> Data:
        data = Data(lines)
        _ = data.graph
        return data

    return load, lambda data: [(r.shape, r.focus[1:-1]) for r in evaluate(data, shapes).results]


def plain(profile: str) -> tuple[Callable[[bytes], Any], Callable[[Any], Found]]:
    """PySHACL as it comes, on a graph that rdflib parsed."""
    import pyshacl
    from rdflib import Graph, URIRef

    from budgetlod.rdf.names import SH
    from budgetlod.validate.shapes import load_shapes

    shapes = load_shapes(profile).graph

    def found(data: Graph) -> Found:
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, inference="none", allow_warnings=True)
        for node in results.objects(None, URIRef(SH + "result")):
            yield (
                str(results.value(node, URIRef(SH + "sourceShape"))),
                str(results.value(node, URIRef(SH + "focusNode"))),
            )

    return lambda lines: Graph().parse(data=lines, format="nt"), found


def rudof(profile: str) -> tuple[Callable[[bytes], Any], Callable[[Any], Found]]:
    """Pyrudof, an engine in Rust by other people."""
    import pyrudof

    from budgetlod.validate.shapes import load_shapes

    session: Any = pyrudof.Rudof(pyrudof.RudofConfig())
    lines = "".join(f"{t.subject} {t.predicate} {t.object} .\n" for t in load_shapes(profile).triples)
    session.read_shacl(lines, pyrudof.ShaclFormat.NTriples)

    def load(text: bytes) -> Any:
        session.reset_data()  # or else it takes four times as long for the second graph
        session.read_data(text.decode(), pyrudof.RDFFormat.NTriples)
        return session

    def found(loaded: Any) -> Found:
        return [(str(entry.source_shape), str(entry.focus_node)) for entry in loaded.validate_shacl()]

    return load, found


def none(profile: str) -> tuple[Callable[[bytes], Any], Callable[[Any], Found]]:  # noqa: ARG001
    """No engine: what Python and the graphs themselves take."""
    return len, lambda _: []


ENGINES: dict[str, Engine] = {
    "fast": fast,
    "terms": terms,
    "cached": cached,
    "plain": plain,
    "rudof": rudof,
    "none": none,
}


def measured(engine: str, profile: str, graphs: Path, count: int) -> dict[str, Any]:
    """Return CPU seconds of loading and validating for each graph, and which planted faults were found."""
    load, validate = ENGINES[engine](profile)
    loading, validating, found, results = list[float](), list[float](), 0, 0
    for item in json.loads(graphs.read_text(encoding="utf-8"))[:count]:
        lines = (graphs.parent / item["file"]).read_bytes()
        given: Any = _triples(lines) if engine == "terms" else lines
        start = time.process_time()
        data = load(given)
        loaded = time.process_time()
        answer = set(validate(data))
        done = time.process_time()
        loading.append(loaded - start)
        validating.append(done - loaded)
        found += bool(answer & {(shape, focus) for shape, focus in item["witnesses"]})
        results += len(answer)
    return {"load": loading, "validate": validating, "found": found, "results": results}


if __name__ == "__main__":
    name, shapes_name, index, number = sys.argv[1:]
    sys.stdout.write(json.dumps(measured(name, shapes_name, Path(index), int(number))))

"""The query library of cube.link reads our cube through SPARQL and finds the figures of ``observations.csv``."""

from __future__ import annotations

import csv
import json
import subprocess
import threading
from collections.abc import Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
import pytest

from budgetlod.publish.figures import DIMENSIONS
from budgetlod.rdf.names import BLOD
from tests.clients.environments import COMMAND, HERE, node_home

NODE = node_home()
CUBE = "https://cube.link/"
KINDS = ("KeyDimension", "MeasureDimension")
pytestmark = pytest.mark.skipif(NODE is None, reason=f"no rdf-cube-view-query on this machine: {COMMAND}")


class _Endpoint(BaseHTTPRequestHandler):
    """As much of the SPARQL 1.1 protocol as the library speaks."""

    store: pyoxigraph.Store

    def do_GET(self) -> None:
        self._answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, form: str) -> None:
        found = self.store.query(parse_qs(form)["query"][0])
        graph = isinstance(found, pyoxigraph.QueryTriples)
        kind = "application/n-triples" if graph else "application/sparql-results+json"
        body = (
            pyoxigraph.serialize(found, format=pyoxigraph.RdfFormat.N_TRIPLES)
            if isinstance(found, pyoxigraph.QueryTriples)
            else found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        )
        assert body is not None
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def endpoint(published: Path) -> Iterator[str]:
    _Endpoint.store = pyoxigraph.Store()
    cube = next(published.rglob("cube/cube.ttl"))
    _Endpoint.store.load(path=str(cube), format=pyoxigraph.RdfFormat.TURTLE)
    server = HTTPServer(("127.0.0.1", 0), _Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/query"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_library_reads_every_figure(published: Path, endpoint: str) -> None:
    done = subprocess.run(
        ["node", str(HERE / "read_cube.mjs"), str(NODE), endpoint], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    (cube,) = json.loads(done.stdout)
    kinds = {kind: [d["path"] for d in cube["dimensions"] if CUBE + kind in d["types"]] for kind in KINDS}
    assert sorted(kinds["KeyDimension"]) == sorted(BLOD + name for name in DIMENSIONS)
    assert kinds["MeasureDimension"] == [BLOD + "amount"]
    with next(published.glob("dataset/*/*/observations.csv")).open(encoding="utf-8", newline="") as table:
        figures = list(csv.DictReader(table))
    key = ("fiscalYear", "flow", "function")
    wanted = sorted((Decimal(row["amount"]), *(row[name] for name in key)) for row in figures)
    found = [
        (Decimal(row[BLOD + "amount"]), *(row[BLOD + name].rpartition("/")[2] for name in key))
        for row in cube["observations"]
    ]
    assert sorted(found) == wanted

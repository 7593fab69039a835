"""The server over a real socket: files with their types, disclosures by negotiation, SPARQL, and hostile requests."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from budgetlod.model.problem import BadInput
from budgetlod.serve.messages import Request
from budgetlod.serve.routes import Site
from budgetlod.serve.server import MAX_BODY, SiteServer, make_server
from budgetlod.serve.store import open_publication
from tests.publish.small import FOLDER

GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(server: SiteServer, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        response = connection.getresponse()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("catalog.ttl", "text/turtle; charset=utf-8"),
        (".well-known/void", "text/turtle; charset=utf-8"),
        ("sitemap.xml", "application/xml"),
        ("changes.atom", "application/atom+xml"),
        (f"{FOLDER}/changes.en.atom", "application/atom+xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("catalog.jsonld", "application/ld+json"),
        ("catalog.rdf", "application/rdf+xml"),
        ("all.nq.gz", "application/gzip"),
        ("manifest.json", "application/json"),
        (f"{FOLDER}/cells.csv", "text/csv; charset=utf-8"),
        (f"{FOLDER}/index.html", "text/html; charset=utf-8"),
        (f"{FOLDER}/source.txt", "text/plain; charset=utf-8"),
        ("ontology/ontology.ttl", "text/turtle; charset=utf-8"),
    ],
)
def test_files_come_as_they_are(server: SiteServer, published: Path, path: str, media_type: str) -> None:
    answer = ask(server, f"/{path}")
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)
    assert answer.body == (published / path).read_bytes()
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_head_is_get_without_the_body(server: SiteServer) -> None:
    get, head = ask(server, "/catalog.ttl"), ask(server, "/catalog.ttl", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.body))


def test_an_unchanged_file_is_not_sent_again(server: SiteServer) -> None:
    tag = ask(server, "/catalog.ttl").headers["etag"]
    again = ask(server, "/catalog.ttl", If_None_Match=f'"other", W/{tag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert ask(server, "/catalog.ttl", If_None_Match='"other"').status == 200


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/html", "index.html"),
        ("text/turtle", "data.ttl"),
        ("application/ld+json", "data.jsonld"),
        ("", "index.html"),
    ],
)
@pytest.mark.parametrize("slash", ["", "/"])
def test_a_disclosure_leads_to_the_form_that_is_wanted(server: SiteServer, accept: str, name: str, slash: str) -> None:
    answer = ask(server, f"/{FOLDER}{slash}", Accept=accept)
    assert (answer.status, answer.headers["location"], answer.headers["vary"]) == (303, f"/{FOLDER}/{name}", "Accept")
    assert ask(server, answer.headers["location"]).status == 200


def test_a_disclosure_that_cannot_be_had_so(server: SiteServer) -> None:
    assert ask(server, f"/{FOLDER}", Accept="image/png").status == 406


PARTS = [
    f"{FOLDER}/figure/basic",
    f"{FOLDER}/statement/balance",
]
"""A figure and a statement."""


@pytest.mark.parametrize("path", [*PARTS, "organization/110000-001", "code/flow/revenue"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_what_has_a_page_leads_to_it(server: SiteServer, path: str, slash: str) -> None:
    for accept in ("", "text/html,application/xhtml+xml,*/*;q=0.8"):
        answer = ask(server, f"/{path}{slash}", Accept=accept)
        assert (answer.status, answer.headers["location"]) == (303, f"/{path}/index.html")
        assert answer.headers["vary"] == "Accept"
        page = ask(server, answer.headers["location"])
        assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("path", PARTS)
@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
def test_what_has_a_page_is_described_for_machines(
    server: SiteServer, store: Store, path: str, accept: str, form: RdfFormat
) -> None:
    iri = NamedNode(f"https://w3id.org/budgetlod/data/{path}")
    answer = ask(server, f"/{path}", Accept=accept)
    assert answer.status == 303
    described = ask(server, answer.headers["location"], Accept=accept)
    assert described.headers["content-type"].partition(";")[0] == accept
    said = {(quad.predicate, quad.object) for quad in parse(described.body, form) if quad.subject == iri}
    assert said == {(quad.predicate, quad.object) for quad in store.quads_for_pattern(iri, None, None)}
    assert said


def test_a_code_is_described_by_its_own_iri(server: SiteServer) -> None:
    address = ask(server, "/code/flow/revenue", Accept="text/turtle").headers["location"]
    iri = NamedNode("https://w3id.org/budgetlod/code/flow/revenue")
    assert any(quad.subject == iri for quad in parse(ask(server, address).body, RdfFormat.TURTLE))


def test_what_the_data_does_not_name_has_its_page_only(server: SiteServer) -> None:
    assert ask(server, f"/{PARTS[0]}", Accept="image/png").status == 406
    assert ask(server, "/guide", Accept="text/turtle").headers["location"] == "/guide/index.html"


def test_the_first_page(server: SiteServer) -> None:
    assert ask(server, "/").headers["location"] == "/index.html"


@pytest.mark.parametrize(
    "path",
    [
        "/../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/ontology/../../secret.txt",
        "/..\\secret.txt",
        "/secret.txt%00.ttl",
        "/%ff",
        "/nothing",
        "/secret.txt",
    ],
)
def test_nothing_but_published_files_is_served(server: SiteServer, published: Path, path: str) -> None:
    (published.parent / "secret.txt").write_text("secret")
    (published / "secret.txt").write_text("secret")  # inside the folder, but not in the manifest
    answer = ask(server, path)
    assert answer.status in (400, 404)
    assert b"secret" not in answer.body


def test_files_take_no_post(server: SiteServer) -> None:
    answer = ask(server, "/catalog.ttl", "POST", b"x")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_sparql_in_three_ways(server: SiteServer) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/budgetlod/ontology#Cell> }"
    answers = [
        ask(server, "/sparql?" + urlencode({"query": query})),
        ask(server, "/sparql", "POST", query.encode(), Content_Type="application/sparql-query"),
        ask(
            server,
            "/sparql",
            "POST",
            urlencode({"query": query}).encode(),
            Content_Type="application/x-www-form-urlencoded",
        ),
    ]
    for answer in answers:
        assert json.loads(answer.body)["results"]["bindings"][0]["n"]["value"] == "3"
        assert answer.headers["access-control-allow-origin"] == "*"


def test_many_clients_at_once(server: SiteServer) -> None:
    path = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o } LIMIT 50"})
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(server, path, Accept="text/csv"), range(32)))
    assert {answer.status for answer in answers} == {200}
    assert {answer.body.count(b"\r\n") for answer in answers} == {51}


def raw(server: SiteServer, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"Content-Length: {MAX_BODY + 1}", b"413"),
        ("Content-Length: -1", b"400"),
        ("Content-Length: 1e3", b"400"),
        ("Transfer-Encoding: chunked", b"411"),
    ],
)
def test_a_body_of_unknown_or_excessive_size_is_not_read(server: SiteServer, head: str, status: bytes) -> None:
    answer = raw(server, f"POST /sparql HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n".encode())
    assert answer.split()[1] == status
    assert b"Connection: close" in answer


def test_a_replaced_publication_is_not_mixed_with_the_old_one(published: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    shutil.copytree(published, folder)
    site = Site(folder, open_publication(folder))
    (folder / "void.ttl").write_bytes(b"# other\n")
    assert site.answer(Request("GET", "/void.ttl")).status == 503


def test_a_folder_that_is_no_publication(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"all\.nq\.gz is missing"):
        make_server(tmp_path, port=0)


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"files": [{"path": "../x", "sha256": "", "mediaType": ""}]}', b'{"files": 1}']
)
def test_a_manifest_that_cannot_be_used(published: Path, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "public"
    shutil.copytree(published, folder)
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(BadInput, match="the manifest cannot be used"):
        make_server(folder, port=0)


@pytest.mark.parametrize("content", [b"", b"no gzip", GZIP + b"\x00\x00", GZIP + b"\xff" * 99])
def test_a_damaged_dump(published: Path, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "public"
    shutil.copytree(published, folder)
    (folder / "all.nq.gz").write_bytes(content)
    if content:
        with pytest.raises(BadInput, match=r"all\.nq\.gz: cannot be read"):
            open_publication(folder)
    else:
        assert len(open_publication(folder)) > 0  # an empty file is an empty dump: the vocabulary remains


def test_only_this_machine_by_default(server: SiteServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.url.startswith("http://127.0.0.1:")

"""A published folder as a site: files by path, resources by negotiation, SPARQL at ``/sparql``.

Only files that the manifest lists are served, looked up by their exact path: there is no path to climb out with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode, Store

from budgetlod.rdf.names import CODE
from budgetlod.rdf.terms import segment
from budgetlod.serve.messages import Refused, Request, Response
from budgetlod.serve.negotiation import choose
from budgetlod.serve.protocol import Limits, answer
from budgetlod.serve.published import PublishedFile, read_manifest

_FORMS = {"text/html": "index.html", "text/turtle": "data.ttl", "application/ld+json": "data.jsonld"}
_PAGE = "text/html"
_DESCRIBED = ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")
"""How the endpoint describes a resource that has a page and no files of its own."""
_SAFE = {"X-Content-Type-Options": "nosniff"}
_CORS = {"Access-Control-Allow-Origin": "*"}


class Site:
    """Answers requests for one published folder; the folder is read when asked for, the manifest once."""

    def __init__(self, folder: Path, store: Store, limits: Limits | None = None) -> None:
        self._folder = folder
        self._store = store
        self._limits = limits or Limits()
        self._files: Mapping[str, PublishedFile] = read_manifest(folder)
        self._base = _base(store)

    def answer(self, request: Request) -> Response:
        """Return the answer to any request."""
        try:
            response = self._route(request)
        except Refused as refusal:
            response = refusal.response()
        return Response(response.status, response.body, response.media_type, {**_SAFE, **response.headers})

    def _route(self, request: Request) -> Response:
        path = _clean(request.path)
        if path == "sparql":
            return answer(self._store, request, self._limits)
        if request.method not in {"GET", "HEAD"}:
            raise Refused(405, f"{request.method} is not allowed here", {"Allow": "GET, HEAD"})
        if path in self._files:
            return self._file(self._files[path], request)
        return self._folder_like(path, request)

    def _folder_like(self, path: str, request: Request) -> Response:
        """Answer for the name of a folder: a disclosure leads to its files, what has an IRI to its page or description."""
        home = f"{path}/" if path else ""
        if f"{home}data.ttl" in self._files:
            return _see_other(home + _FORMS[_wanted(request, list(_FORMS))])
        if f"{home}index.html" not in self._files:
            raise Refused(404, "nothing is published here")
        iri = self._iri(path)
        if iri and _wanted(request, [_PAGE, *_DESCRIBED]) != _PAGE:
            return _see_other("sparql", "query=" + quote(f"DESCRIBE <{iri}>", safe=""))
        return _see_other(f"{home}index.html")

    def _iri(self, path: str) -> str:
        """Return the IRI of what has a page at a path; nothing where the data says nothing of it."""
        below = "/".join(segment(part) for part in path.split("/"))
        iri = CODE + below.removeprefix("code/") if path.startswith("code/") else self._base + below
        known = bool(self._base) and any(self._store.quads_for_pattern(NamedNode(iri), None, None))
        return iri if known else ""

    def _file(self, file: PublishedFile, request: Request) -> Response:
        tag = f'"{file.sha256}"'
        headers = {**_CORS, "ETag": tag, "Cache-Control": "no-cache"}
        if _matches(request.headers.get("if-none-match", ""), tag):
            return Response(304, headers=headers)
        body = (self._folder / file.path).read_bytes()
        if hashlib.sha256(body).hexdigest() != file.sha256:
            raise Refused(503, "the publication has been replaced; the server must be started again")
        return Response(200, body, file.content_type, headers)


def _clean(path: str) -> str:
    """Return the path without its leading and trailing slash, decoded once; refuses what is no plain path."""
    try:
        decoded = unquote(path, errors="strict")
    except UnicodeDecodeError as problem:
        raise Refused(400, "the path is not UTF-8") from problem
    parts = PurePosixPath(decoded.strip("/")).parts
    if ".." in parts or "\x00" in decoded or "\\" in decoded:
        raise Refused(400, "not a path of this site")
    return "/".join(part for part in parts if part != "/")


def _base(store: Store) -> str:
    """Return what the IRIs of a publication begin with, as the graphs of its disclosures do; nothing where there is none."""
    graphs = (graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
    return next((base + "/" for base, mark, _ in (name.rpartition("/dataset/") for name in graphs) if mark), "")


def _wanted(request: Request, offered: list[str]) -> str:
    form = choose(request.headers.get("accept", ""), offered)
    if form is None:
        raise Refused(406, f"this can be had as {', '.join(offered)}", {"Vary": "Accept"})
    return form


def _see_other(path: str, query: str = "") -> Response:
    address = f"/{quote(path)}?{query}" if query else f"/{quote(path)}"
    return Response(303, headers={**_CORS, "Location": address, "Vary": "Accept"})


def _matches(header: str, tag: str) -> bool:
    """Tell whether an If-None-Match header names ``tag`` (weak comparison, RFC 9110, section 13.1.2)."""
    names = [name.strip().removeprefix("W/") for name in header.split(",")]
    return tag in names or "*" in names

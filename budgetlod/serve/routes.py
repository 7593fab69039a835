"""A published folder as a site: files by path, disclosures by negotiation, SPARQL at ``/sparql``.

Only files that the manifest lists are served, looked up by their exact path: there is no path to climb out with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from pyoxigraph import Store

from budgetlod.serve.messages import Refused, Request, Response
from budgetlod.serve.negotiation import choose
from budgetlod.serve.protocol import Limits, answer
from budgetlod.serve.published import PublishedFile, read_manifest

_FORMS = {"text/html": "index.html", "text/turtle": "data.ttl", "application/ld+json": "data.jsonld"}
_SAFE = {"X-Content-Type-Options": "nosniff"}
_CORS = {"Access-Control-Allow-Origin": "*"}


class Site:
    """Answers requests for one published folder; the folder is read when asked for, the manifest once."""

    def __init__(self, folder: Path, store: Store, limits: Limits | None = None) -> None:
        self._folder = folder
        self._store = store
        self._limits = limits or Limits()
        self._files: Mapping[str, PublishedFile] = read_manifest(folder)

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
        """Answer for the name of a folder: a disclosure negotiates, any other leads to its page."""
        home = f"{path}/" if path else ""
        if f"{home}data.ttl" in self._files:
            form = choose(request.headers.get("accept", ""), list(_FORMS))
            if form is None:
                raise Refused(406, f"this disclosure can be had as {', '.join(_FORMS)}", {"Vary": "Accept"})
            return _see_other(home + _FORMS[form])
        if f"{home}index.html" in self._files:
            return _see_other(f"{home}index.html")
        raise Refused(404, "nothing is published here")

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


def _see_other(path: str) -> Response:
    return Response(303, headers={**_CORS, "Location": "/" + quote(path), "Vary": "Accept"})


def _matches(header: str, tag: str) -> bool:
    """Tell whether an If-None-Match header names ``tag`` (weak comparison, RFC 9110, section 13.1.2)."""
    names = [name.strip().removeprefix("W/") for name in header.split(",")]
    return tag in names or "*" in names

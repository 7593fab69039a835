"""The sockets around a :class:`~budgetlod.serve.routes.Site`: the standard library's threading server.

Meant for one's own machine or behind a proxy. It bounds the size of a request and the time a client may take to
send it; it cannot bound the time of a query (the engine has no way to stop one).
"""

from __future__ import annotations

import logging
import socket
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from budgetlod.core.version import __version__
from budgetlod.serve.messages import Refused, Request, Response
from budgetlod.serve.routes import Site
from budgetlod.serve.store import open_publication

_LOG = logging.getLogger(__name__)
MAX_BODY = 1_000_000
CLIENT_SECONDS = 30


class SiteServer(ThreadingHTTPServer):
    """A server of one site; a thread per connection, which ends with the program."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        super().__init__(address, SiteHandler)
        self.site = site

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        host, port = self.server_address[:2]
        name = host.decode() if isinstance(host, bytes | bytearray) else str(host)
        return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def make_server(folder: Path, host: str = "127.0.0.1", port: int = 8000) -> SiteServer:
    """Return a bound server for a published folder; call ``serve_forever()``. Port 0 takes a free one.

    Raises :class:`~budgetlod.model.problem.BadInput` when the folder is no publication, ``OSError`` when the
    address cannot be bound.
    """
    return SiteServer((host, port), Site(folder, open_publication(folder)))


class SiteHandler(BaseHTTPRequestHandler):
    """Turns a request into a value, asks the site, writes the answer."""

    server: SiteServer
    server_version = f"budgetlod/{__version__}"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = CLIENT_SECONDS

    def do_GET(self) -> None:
        """Answer GET."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer HEAD: the headers of GET."""
        self._answer()

    def do_POST(self) -> None:
        """Answer POST (only ``/sparql`` takes it)."""
        self._answer()

    def do_OPTIONS(self) -> None:
        """Answer the question which methods are allowed."""
        self._answer()

    def _answer(self) -> None:
        try:
            body = self.rfile.read(self._length())
        except Refused as refusal:
            self.close_connection = True  # the body was not read, so the connection cannot go on
            self._send(refusal.response())
            return
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.site.answer(Request(self.command, path, query, headers, body)))

    def _length(self) -> int:
        """Return the length of the body; refuses an unknown or excessive one."""
        close = {"Connection": "close"}
        if "transfer-encoding" in self.headers:
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "send the body with a Content-Length", close)
        length = self.headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            raise Refused(HTTPStatus.BAD_REQUEST, "the Content-Length is not a number", close)
        if int(length) > MAX_BODY:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is longer than {MAX_BODY} bytes", close)
        return int(length)

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status not in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
            self.send_header("Content-Type", response.media_type)
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Log a request through ``logging`` (silent unless the program asks for it)."""
        _LOG.info("%s %s", self.address_string(), format % args)

"""Requests and responses as values: everything the server decides is decided without a socket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from budgetlod.core.errors import BudgetlodError


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request: method, path without the query (still percent-encoded), query string, headers, body.

    Header names are lower case.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """An HTTP response; ``headers`` do not include the length."""

    status: int
    body: bytes = b""
    media_type: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(BudgetlodError):
    """A request that is answered with an error: its status, one sentence, and headers that go with it."""

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.headers: Mapping[str, str] = headers or {}

    def response(self) -> Response:
        """Return the answer to send."""
        return Response(self.status, f"{self}\n".encode(), headers=self.headers)

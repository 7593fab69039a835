"""One published folder of the smallest disclosure, and one server of it on a real socket, for all tests here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from budgetlod.publish.publication import PublicationSettings, publish
from budgetlod.serve.server import SiteServer, make_server
from budgetlod.serve.store import open_publication
from tests.publish.small import small_item


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "public"
    publish([small_item()], folder, PublicationSettings())
    return folder


@pytest.fixture(scope="session")
def store(published: Path) -> Store:
    return open_publication(published)


@pytest.fixture(scope="session")
def server(published: Path) -> Iterator[SiteServer]:
    with make_server(published, port=0) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()

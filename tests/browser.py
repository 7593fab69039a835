"""Pages in a real browser: open one, look at it, run axe-core over it, take its picture.

Playwright drives the Chromium of the system; nothing else is downloaded. Use the fixture ``browser`` of the whole
session, which skips where there is no Chromium::

    def test_page(browser: Browser, published: Path) -> None:
        with browser.open(address(published / "index.html"), width=360) as view:
            view.page.click("#run")
            assert view.outside() == [] and view.console == [] and view.axe() == []

Scripts see the browser as it is: real time, real files, no interception of requests.
"""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Page, Request, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
_LOOK = """async () => {
  const result = {};
  const all = selector => [...document.querySelectorAll(selector)], one = selector => document.querySelector(selector);
  const seen = element => element.getClientRects().length > 0;
  const pause = () => new Promise(resolve => setTimeout(resolve, 50));
  %s
  return result;
}"""
_OWN_SCHEMES = frozenset({"data", "blob", "about"})
_SERIOUS = frozenset({"serious", "critical"})


class View:
    """An open page: ``page`` is Playwright's; ``console`` and ``requests`` are what was said and asked for so far."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.console: list[str] = []
        self.requests: list[str] = []
        self._home = address.rpartition("/")[0]
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        self.console.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def outside(self, home: str = "") -> list[str]:
        """Return the requests that left ``home``, an address: by default the server of the page, or the disk."""
        own = urlsplit(home or self._home)
        path = own.path if home else ""
        asked = [(url, urlsplit(url)) for url in self.requests]
        return [
            url
            for url, to in asked
            if to.scheme not in _OWN_SCHEMES
            and not ((to.scheme, to.netloc) == (own.scheme, own.netloc) and to.path.startswith(path))
        ]

    def evaluate(self, script: str) -> Any:
        """Return the value of a JavaScript expression or function."""
        return self.page.evaluate(script)

    def look(self, script: str) -> Any:
        """Run a script that fills ``result`` and return it; it may ``await`` and has a few words of its own.

        ``all(selector)``, ``one(selector)``, ``seen(element)`` and ``await pause()`` (50 ms).
        """
        return self.evaluate(_LOOK % script)

    def axe(self) -> list[str]:
        """Return the serious and critical violations that axe-core finds: rule, and the first places."""
        # Without preload: axe would fetch style sheets once more, which a page from the disk is refused.
        found = Axe().run(self.page, options={"preload": False}).response["violations"]
        return [
            f"{rule['id']}: {[node['target'] for node in rule['nodes'][:3]]}"
            for rule in found
            if rule["impact"] in _SERIOUS
        ]

    def fits(self) -> bool:
        """Return whether the page does not scroll sideways."""
        return bool(self.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    def screenshot(self, path: Path, width: int = 0) -> None:
        """Write a picture of the whole page, at another width if given."""
        if width:
            self.page.set_viewport_size({"width": width, "height": 900})
        self.page.screenshot(path=path, full_page=True)


class Browser:
    """A running Chromium, from which every page is opened as by a new visitor."""

    def __init__(self, chromium: Chromium) -> None:
        self._chromium = chromium

    @contextmanager
    def open(self, address: str, *, width: int = 1280, scripts: bool = True) -> Iterator[View]:
        """Open a page, wait until it is loaded, close it afterwards; fails after 30 s without an answer."""
        context = self._chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, accept_downloads=True
        )
        try:
            view = View(context.new_page(), address)
            view.page.goto(address)
            yield view
        finally:
            context.close()


@contextmanager
def running() -> Iterator[Browser]:
    """Start Chromium, which must be installed, and end it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield Browser(chromium)
        finally:
            chromium.close()


def address(file: Path, fragment: str = "") -> str:
    """Return the ``file:`` address of a page."""
    return file.resolve().as_uri() + fragment


@contextmanager
def served(folder: Path, prefix: str = "site/budget") -> Iterator[str]:
    """Serve a folder under a path of a local server; gives the address of the folder, which ends in ``/``."""
    gc.collect()  # results of pyoxigraph may be dropped only in the thread that made them: now, not while serving
    handler = partial(_Handler, directory=str(folder), prefix=f"/{prefix}/")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{prefix}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(SimpleHTTPRequestHandler):
    """Files under a prefix, nothing outside it, no log."""

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        self._prefix = prefix
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self._prefix):
            return str(Path(self.directory) / "no such file")
        return super().translate_path("/" + path.removeprefix(self._prefix))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        pass

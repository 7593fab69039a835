"""A page in a real browser: a frame of a given width, a script that looks at it, what the console said.

Only Chromium itself is used, headless, with ``--dump-dom``: no driver, nothing to download.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
_HARNESS = """<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,">
<iframe id="frame" style="width:{width}px;height:800px;border:0"></iframe><pre id="result"></pre>
<script>
const frame = document.getElementById("frame");
frame.onload = async () => {{
  const result = {{}}, doc = frame.contentDocument, win = frame.contentWindow;
  const all = selector => [...doc.querySelectorAll(selector)], one = selector => doc.querySelector(selector);
  const seen = element => element.getClientRects().length > 0;
  const pause = () => new Promise(resolve => setTimeout(resolve, 50));
  try {{ {script} }} catch (error) {{ result.error = String(error); }}
  document.getElementById("result").textContent = JSON.stringify(result);
}};
frame.src = {page};
</script>
"""


class Seen(NamedTuple):
    """What the script found, and the lines of the console."""

    result: Mapping[str, Any]
    console: list[str]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        pass


def look(folder: Path, page: str, script: str, width: int = 1280) -> Seen:
    """Open a page of a folder in a frame of ``width`` and run ``script`` beside it, which fills ``result``."""
    harness = folder / "harness.html"
    harness.write_text(_HARNESS.format(width=width, script=script, page=json.dumps(page)), encoding="utf-8")
    with _served(folder) as address:
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             f"--user-data-dir={folder / 'profile'}", "--enable-logging=stderr", "--virtual-time-budget=10000",
             "--window-size=1400,900", "--dump-dom", f"{address}/harness.html"],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    found = re.search(r'<pre id="result">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, done.stderr[-2000:]
    result = json.loads(html.unescape(found[1]) or "{}")
    return Seen(result, [line for line in done.stderr.splitlines() if "CONSOLE" in line])


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

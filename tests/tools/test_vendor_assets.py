"""What comes from npm is what its record says; where npm has put the packages, it is made again byte for byte."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re

import pytest

from tools import vendor_assets
from tools.vendor_assets import MODULES, SOURCE, VENDOR, classic

RECORD = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))


def test_every_file_has_the_size_and_sum_of_the_record() -> None:
    entries = {entry["file"]: (entry["bytes"], entry["sha256"]) for entry in RECORD["files"]}
    found = {path.name: path.read_bytes() for path in VENDOR.iterdir() if path.name != "vendor.json"}
    assert {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in found.items()} == entries


def test_versions_are_pinned_and_licences_open() -> None:
    pinned = json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    recorded = {entry["package"]: entry["version"] for entry in RECORD["packages"]}
    assert {name: recorded[name] for name in pinned} == pinned
    assert {entry["licence"] for entry in RECORD["packages"]} <= {
        "MIT", "MIT OR Apache-2.0", "(MPL-2.0 OR Apache-2.0)",
    }  # fmt: skip
    licences = (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")
    assert all(entry["package"] in licences for entry in RECORD["packages"])
    lock = (SOURCE / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity": "sha512-' in lock
    assert "resolved" not in lock


def test_the_engine_is_whole() -> None:
    script = (VENDOR / "oxigraph.wasm.js").read_bytes()
    found = re.fullmatch(rb'\(self\.budgetlodFiles \|\|= \{\}\)\["oxigraph\.wasm"\] = "([^"]+)";\n', script)
    assert found
    assert gzip.decompress(base64.b64decode(found[1])).startswith(b"\0asm\1\0\0\0")


def test_a_module_that_is_not_as_expected_is_refused() -> None:
    with pytest.raises(ValueError, match="occurs 0 times"):
        classic("export class Store {}\n")


@pytest.mark.skipif(not MODULES.is_dir(), reason="npm has not installed assets/ here (npm ci)")
def test_the_files_are_made_again_byte_for_byte() -> None:
    for file in vendor_assets.files():
        if file.name == "oxigraph.wasm.js":  # the compressed bytes depend on the build of zlib, what is inside does not
            inside = base64.b64decode(file.content.split(b'"')[-2])
            kept = base64.b64decode((VENDOR / file.name).read_bytes().split(b'"')[-2])
            assert gzip.decompress(inside) == gzip.decompress(kept)
        else:
            assert file.content == (VENDOR / file.name).read_bytes(), file.name

"""``python -m tools.vendor_assets``: take the scripts of the query page from npm into the package.

In goes ``assets/`` (``package.json`` with exact versions, ``package-lock.json`` with checksums, and ``licenses/`` for
packages that do not bring their text); out comes ``budgetlod/publish/assets/vendor/``, which is committed, so that a
wheel works without npm and without a network. ``vendor.json`` there says what each file is and has its sha256.

Pages that are opened as files may neither fetch nor import modules. So the ES module of oxigraph becomes a classic
script that defines one function, and its WebAssembly a classic script that holds it compressed and in base64.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from budgetlod.publish.packing import gzip_bytes
from budgetlod.publish.query_page.scripts import packed_script

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "assets"
MODULES = SOURCE / "node_modules"
VENDOR = ROOT / "budgetlod/publish/assets/vendor"
EDITOR = "@zazuko/yasqe"
ENGINE = "oxigraph"
_BUNDLED = re.compile(r"/node_modules/((?:@[^/]+/)?[^/]+)/")
_MAP_COMMENT = re.compile(r"\n?//# sourceMappingURL=\S+\s*$|/\*# sourceMappingURL=\S+ \*/\s*$")


class Vendored(NamedTuple):
    """One file: its name in the package, its bytes, the npm package that it is from."""

    name: str
    content: bytes
    package: str


def main() -> None:
    """Install the pinned packages and write the files; running it again changes nothing."""
    subprocess.run(["npm", "ci"], cwd=SOURCE, check=True)  # noqa: S607 - npm as the maintainer has it
    write(VENDOR)


def write(folder: Path) -> None:
    """Write all files into ``folder`` from what is installed; files that are no longer made are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    made = files()
    for file in made:
        (folder / file.name).write_bytes(file.content)
    (folder / "vendor.json").write_text(record(made), encoding="utf-8")


def files() -> list[Vendored]:
    """Return the files of the query page that are not ours."""
    return [
        Vendored("LICENSES.txt", _licences().encode(), ""),
        Vendored("oxigraph.js", classic(_text(ENGINE, "web.js")).encode(), ENGINE),
        Vendored("oxigraph.wasm.js", packed_script("oxigraph.wasm", gzip_bytes(_wasm(), level=9)), ENGINE),
        Vendored("yasqe.css", _without_map(_text(EDITOR, "build/yasqe.min.css")).encode(), EDITOR),
        Vendored("yasqe.js", _without_map(_text(EDITOR, "build/yasqe.min.js")).encode(), EDITOR),
    ]


def classic(module: str) -> str:
    """Return an ES module of wasm-bindgen as a classic script that defines ``budgetlodOxigraph``.

    Raises ``ValueError`` when the module does not look as expected: then this function must be looked at again.
    """
    changes = [
        (r"(?m)^export (class|function) ", r"\1 ", None),
        (r"(?m)^export \{ initSync, __wbg_init as default \};$", "return { init: __wbg_init, Store, namedNode };", 1),
        (r"module_or_path = new URL\('web_bg\.wasm', import\.meta\.url\);", 'throw new Error("no module");', 1),
    ]
    for pattern, replacement, wanted in changes:
        module, number = re.subn(pattern, replacement, module)
        if not number or (wanted and number != wanted):
            raise ValueError(f"{pattern!r} occurs {number} times in the module")
    if re.search(r"(?m)^(export|import)\b|import\.meta", module):
        raise ValueError("the module still exports or imports")
    return f'"use strict";\nvar budgetlodOxigraph = function () {{\n{module.rstrip()}\n}};\n'


def record(made: list[Vendored]) -> str:
    """Return ``vendor.json``: packages with version and licence, files with package, size and sha256."""
    bundled = [{**_described(name), "in": EDITOR} for name in _in_bundle() if (MODULES / name).is_dir()]
    packages = [_described(EDITOR), _described(ENGINE), *bundled]
    entries = [
        {
            "file": file.name,
            "package": file.package or None,
            "bytes": len(file.content),
            "sha256": hashlib.sha256(file.content).hexdigest(),
        }
        for file in made
    ]
    return json.dumps({"packages": packages, "files": entries}, indent=2, ensure_ascii=False) + "\n"


def _described(name: str) -> dict[str, Any]:
    manifest = _manifest(name)
    return {"package": name, "version": manifest["version"], "licence": manifest["license"]}


def _manifest(name: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(_text(name, "package.json"))
    return content


def _text(package: str, path: str) -> str:
    return (MODULES / package / path).read_text(encoding="utf-8")


def _wasm() -> bytes:
    return (MODULES / ENGINE / "web_bg.wasm").read_bytes()


def _without_map(text: str) -> str:
    """A browser with its tools open would ask for the map, which is not published."""
    return _MAP_COMMENT.sub("", text).rstrip() + "\n"


def _in_bundle() -> list[str]:
    """Return the packages that the editor's bundle was made of, as its source map names them."""
    sources = json.loads(_text(EDITOR, "build/yasqe.min.js.map"))["sources"]
    return sorted({found[1] for source in sources if (found := _BUNDLED.search(source))})


def _licences() -> str:
    """Return the licence texts of all packages, each once under its names."""
    parts: dict[str, list[str]] = {}
    for name in [EDITOR, ENGINE, *_in_bundle()]:
        parts.setdefault(_licence_text(name), []).append(name)
    rule = "=" * 79
    return "\n".join(f"{rule}\n{', '.join(names)}\n{rule}\n\n{text}\n" for text, names in parts.items())


def _licence_text(name: str) -> str:
    own = SOURCE / "licenses" / f"{name.replace('/', '-').lstrip('@')}.txt"
    found = [own] if own.is_file() else sorted((MODULES / name).glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
    if not found:
        raise ValueError(f"{name} brings no licence text; put it into {own.relative_to(ROOT)}")
    text = "\n".join(line.rstrip() for line in found[0].read_text(encoding="utf-8").splitlines())
    return text.strip()


if __name__ == "__main__":
    main()

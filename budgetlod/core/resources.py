"""The one door to the files that stand beside the package: ontology/, shapes/, queries and templates.

A wheel carries them inside the package (``budgetlod/_files/``); a checkout reads them in place.
"""

from __future__ import annotations

from pathlib import Path

from budgetlod.core.errors import ResourceMissing

_PACKAGE = Path(__file__).resolve().parent.parent
_HOMES = (_PACKAGE / "_files", _PACKAGE.parent)


def resource(name: str) -> Path:
    """Return the path of a folder or file of the installation.

    ``name`` is relative: ``"ontology"``, ``"shapes/rollup.ttl"``. Raises :class:`ResourceMissing` when neither
    the installed package nor the checkout holds it.
    """
    for home in _HOMES:
        path = home / name
        if path.exists():
            return path
    raise ResourceMissing(f"{name}: not part of this installation (looked in {', '.join(str(h) for h in _HOMES)})")

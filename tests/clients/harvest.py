"""Runs in the environment of CKAN: parse catalogues as its harvester does and write the dictionaries as JSON.

Arguments: the locale of the CKAN site (empty: its default), then pairs of a file and its syntax as rdflib names it.
"""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Sequence
from pathlib import Path


def main(locale: str, catalogues: Sequence[str]) -> None:
    """Write a list with the dictionaries of each catalogue."""
    try:
        import magic  # noqa: F401 - CKAN imports it
    except ImportError:
        # CKAN guesses the types of uploaded files with a system library, libmagic. Nothing is uploaded here.
        sys.modules["magic"] = types.ModuleType("magic")
    from ckan.common import config
    from ckanext.dcat.processors import RDFParser

    if locale:
        config["ckan.locale_default"] = locale
    answers = []
    for path, syntax in zip(catalogues[::2], catalogues[1::2], strict=True):
        parser = RDFParser(profiles=["euro_dcat_ap_3"])
        parser.parse(Path(path).read_text(encoding="utf-8"), _format=syntax)
        answers.append(list(parser.datasets()))
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

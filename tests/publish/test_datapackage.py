"""The Fiscal Data Package: names that the standard allows, sizes of the real files, types of fiscal columns."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from budgetlod.publish.datapackage import package_name


def test_names_hold_allowed_characters_only() -> None:
    for text in ("130371-442-2024-budget", "某局-2024-final", "A/b c"):
        assert re.fullmatch(r"[-a-z0-9._]+", package_name(text))
    assert package_name("130371-442-2024-budget") == "130371-442-2024-budget"
    assert package_name("某局") != package_name("某部")


def test_the_package_describes_the_files_beside_it(published: Path) -> None:
    for home in (published, next(published.glob("dataset/*/*"))):
        package = json.loads((home / "datapackage.json").read_text(encoding="utf-8"))
        assert package["fiscalPeriod"] == {"start": "2024-01-01", "end": "2024-12-31"}
        for resource in package["resources"]:
            content = (home / resource["path"]).read_bytes()
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            header = content.split(b"\n", 1)[0].decode()
            assert ",".join(field["name"] for field in resource["schema"]["fields"]) == header


def test_fiscal_columns_are_typed(published: Path) -> None:
    package = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))
    (figures,) = [resource for resource in package["resources"] if resource["name"] == "observations"]
    types = {field["name"]: field.get("columnType", "") for field in figures["schema"]["fields"]}
    assert types["amount"] == "value"
    assert types["fiscalYear"] == "date:fiscal-year"
    assert types["function"] == "functional-classification:generic:code"
    # One column of each type: the standard has a single economic classification.
    given = [kind for kind in types.values() if kind]
    assert len(given) == len(set(given))
    assert figures["schema"]["extraFields"][0]["constant"] == "CNY"

"""Run by the environment ``tables``: validate a data package with Frictionless and print what it found and read."""

from __future__ import annotations

import json
import sys


def main() -> None:
    from frictionless import Package, system

    with system.use_context(trusted=True):
        package = Package(sys.argv[1])
        report = package.validate()
        tables = {resource.name: [row.to_dict() for row in resource.read_rows()] for resource in package.resources}
    answer = {"valid": report.valid, "errors": report.flatten(["title", "message"]), "tables": tables}
    json.dump(answer, sys.stdout, ensure_ascii=False, default=str)


if __name__ == "__main__":
    main()

"""Run by the environment ``tables``: validate a CSVW file and print its conversion to JSON (minimal mode)."""

from __future__ import annotations

import json
import sys
import warnings


def main() -> None:
    from csvw import CSVW

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        table = CSVW(sys.argv[1], validate=True)
        try:
            valid = table.is_valid
        except ValueError as problem:
            valid = False
            warnings.warn(str(problem), stacklevel=1)
        converted = table.to_json(minimal=True) if "--convert" in sys.argv else None
    answer = {"valid": valid, "warnings": [str(one.message) for one in caught], "converted": converted}
    json.dump(answer, sys.stdout, ensure_ascii=False, default=str)


if __name__ == "__main__":
    main()

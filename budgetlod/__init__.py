"""budgetlod: department budget disclosures (部门预算信息公开) as linked open data.

The public surface is small::

    import budgetlod
    disclosure = budgetlod.read("source.txt")     # -> Disclosure
    graph = disclosure.graph()                    # -> rdflib.Graph
    report = budgetlod.validate(disclosure)       # -> Report

Names are imported on first use, so that the command line starts without loading rdflib and pySHACL.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from budgetlod.core.version import __version__

if TYPE_CHECKING:
    from budgetlod.api import Disclosure, explain, read, validate
    from budgetlod.model.problem import BadInput, Problem
    from budgetlod.validate.report import Report
    from budgetlod.validate.rules import Rule

__all__ = ["BadInput", "Disclosure", "Problem", "Report", "Rule", "__version__", "explain", "read", "validate"]

_HOMES = {
    "read": "budgetlod.api",
    "validate": "budgetlod.api",
    "explain": "budgetlod.api",
    "Disclosure": "budgetlod.api",
    "Report": "budgetlod.validate.report",
    "Rule": "budgetlod.validate.rules",
    "BadInput": "budgetlod.model.problem",
    "Problem": "budgetlod.model.problem",
}


class _Package(ModuleType):
    """The package as a module whose functions ``read`` and ``validate`` outlive the packages of the same names.

    Importing a package binds its name in the package above it; here that would put the package
    ``budgetlod.read`` in the place of the function as soon as something inside has been imported.
    """

    def __getattribute__(self, name: str) -> Any:
        if name in ("read", "validate"):
            return getattr(import_module("budgetlod.api"), name)
        return super().__getattribute__(name)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    """Import a public name from the module it lives in (PEP 562)."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'budgetlod' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)

"""Exceptions of the toolkit.

The tree::

    BudgetlodError          anything the toolkit raises on purpose
    ├── ResourceMissing     an ontology, shape or query file of the installation is absent
    ├── NonConforming       the gate holds a publication back (validate/gate.py)
    └── BadInput            a document or setting that cannot be used (model/problem.py)

A wrong document is a list of problems, not an exception; ``BadInput`` is raised when nothing can be made of it.
"""

from __future__ import annotations


class BudgetlodError(Exception):
    """Root of the errors that the toolkit raises on purpose."""


class ResourceMissing(BudgetlodError):
    """A file that belongs to the installation (ontology, shapes, queries) is not there."""

"""What every worker needs, made once: importing this module reads the ontology's words.

The server that workers are forked from imports it, so that they have it in memory from their first moment. What goes
wrong here goes wrong again in the worker, which can say so.
"""

from __future__ import annotations

import contextlib

import budgetlod.interpret.coverage
import budgetlod.interpret.disclosure
import budgetlod.mapping.disclosure
import budgetlod.pipeline
import budgetlod.publish.disclosed
import budgetlod.read.parts  # noqa: F401 - all of them imported for the workers
from budgetlod.core.errors import BudgetlodError
from budgetlod.rdf.lexicon import load_lexicon

with contextlib.suppress(BudgetlodError, OSError, SyntaxError, ValueError, KeyError):
    load_lexicon()

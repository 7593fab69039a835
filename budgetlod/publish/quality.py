"""What was counted of the quality of one disclosure, kept without its report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Quality:
    """Counts of one disclosure; ``None`` is not measured, which is not zero.

    ``violations``, ``warnings`` and ``infos`` are findings that nobody has accepted, ``accepted`` those that the
    publisher has; ``rules`` are the rules that were checked; ``mapped`` and ``unmapped`` are the printed numbers that
    the data states and those that it does not.
    """

    violations: int | None = None
    warnings: int | None = None
    infos: int | None = None
    accepted: int | None = None
    rules: int | None = None
    mapped: int | None = None
    unmapped: int | None = None

    def to_json(self) -> dict[str, int]:
        """Return the counts that were measured, by the name of their metric."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_json(cls, document: Mapping[str, int]) -> Quality:
        """Return the counts that :meth:`to_json` wrote; raises ``TypeError`` for an unknown metric."""
        return cls(**document)

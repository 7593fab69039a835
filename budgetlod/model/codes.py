"""Code lists: codes with their broader codes, and the questions that mapping asks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

_PADDED = re.compile(r"[A-Z]\d{8}")
ALL = "_T"
"""The notation that every dimension uses for "not broken down" (SDMX: _T, total)."""


class Code(NamedTuple):
    """One code: its notation, labels, broader codes (a code may have several) and how its parts add up.

    ``complete``: a printed list of narrower codes adds up to this one. ``of_which``: this code is an "of which"
    part (其中) that never adds up with its siblings. ``factor``: for units of money, their worth in yuan. ``facts``:
    what a disclosure's graph repeats of the code, as (property, RDF term).
    """

    notation: str
    label: str = ""
    label_en: str = ""
    broader: tuple[str, ...] = ()
    complete: bool = False
    of_which: bool = False
    factor: Decimal | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CodeList:
    """A scheme of codes, with the keys of all their labels."""

    scheme: str
    codes: Mapping[str, Code]
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, key: str) -> str | None:
        """Return the notation of the code that ``key`` (a label key) names, or ``None``; the first of several."""
        found = self.keys.get(key)
        return found[0] if found else None

    def broader(self, notation: str) -> tuple[str, ...]:
        """Return the codes directly above; a code that the list lacks hangs by its prefix (9 or 8 digits, 7, 5, 3)."""
        if code := self.codes.get(notation):
            return code.broader
        if notation.isdigit() and len(notation) in (5, 7, 8, 9):
            return (notation[:-1] if len(notation) == 8 else notation[:-2],)
        if _PADDED.fullmatch(notation) and notation.strip("0") != notation[0]:
            # A class of the procurement catalogue: the code above has one more pair of zeros at its end.
            digits = notation[1:].rstrip("0")
            above = digits[: (len(digits) - 1) // 2 * 2].ljust(8, "0")
            return (notation[0] + above,) if above.strip("0") else (notation[0],)
        return (ALL,) if ALL in self.codes and notation != ALL else ()

    def ends_above(self, notation: str) -> bool:
        """Return whether the list has a code above ``notation``, but none below that one: it does not go so deep."""
        listed = next((code for code, _, _ in self.steps(notation) if code in self.codes), None)
        return listed not in (None, ALL) and not any(listed in code.broader for code in self.codes.values())

    def steps(self, notation: str) -> Iterator[tuple[str, int, bool]]:
        """Yield ``(code above, hops, adds up)``, nearest first.

        *Adds up* is true when every hop on the way is of a kind whose printed parts add up to the whole.
        """
        seen = {notation}
        level = [(notation, True)]
        hops = 0
        while level:
            hops += 1
            above: list[tuple[str, bool]] = []
            for current, adds_up in level:
                for parent in self.broader(current):
                    if parent not in seen:
                        seen.add(parent)
                        above.append((parent, adds_up and self._hop_adds_up(current, parent)))
            for parent, adds_up in above:
                yield parent, hops, adds_up
            level = above

    def _hop_adds_up(self, child: str, parent: str) -> bool:
        code = self.codes.get(child)
        whole = self.codes.get(parent)
        # A code that the list lacks is a local one: it divides its whole.
        return (code is None or whole is None or whole.complete) and not (code is not None and code.of_which)

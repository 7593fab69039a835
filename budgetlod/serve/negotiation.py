"""Choosing a media type by the Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """Return the best of ``offered`` for an Accept header, or ``None`` when it refuses all of them.

    An empty header accepts everything. Of equally welcome types the first offered wins.
    """
    ranges = list(_ranges(accept or "*/*"))
    best, best_weight = None, 0.0
    for media_type in offered:
        weight = _weight(media_type, ranges)
        if weight > best_weight:
            best, best_weight = media_type, weight
    return best


def _weight(media_type: str, ranges: Iterable[tuple[str, float]]) -> float:
    """Return the weight of the most specific range that covers ``media_type``; 0 when none does."""
    family = media_type.partition("/")[0] + "/*"
    found = [
        (specificity, weight)
        for name, weight in ranges
        for specificity, pattern in enumerate(("*/*", family, media_type))
        if name == pattern
    ]
    return max(found, default=(0, 0.0))[1]


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weights = [parameter[2:] for parameter in parameters if parameter.startswith("q=")]
        if name:
            yield name, _quality(weights[0]) if weights else 1.0


def _quality(text: str) -> float:
    """Return a weight between 0 and 1; one that cannot be read counts as 0, so that it selects nothing."""
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0

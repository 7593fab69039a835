"""What the fast engine says of a shape that it leaves to the reference engine."""

from __future__ import annotations


class Unsupported(ValueError):
    """A shape, or a part of it, that cannot be compiled soundly; the text is the reason."""

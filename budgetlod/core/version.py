"""The version of the tool, as the data's provenance names it."""

__version__ = "0.1.0"

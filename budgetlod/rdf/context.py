"""A JSON-LD 1.1 ``@context`` read as a table of terms: which key writes which property and value.

Only what a data context needs is understood: prefixes, plain terms, terms with ``@type``, ``@language`` or
``@container`` (``@set``, ``@language``), ``@vocab`` and aliases of keywords. A term that uses anything else
(``@reverse``, ``@list``, ``@index``, scoped contexts …) is never chosen for writing, which is always correct:
the property then gets its compact IRI as key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_GENERIC_DELIMITERS = tuple(":/?#[]@")
_MOST_UP = 3
_KNOWN = {"@id", "@type", "@language", "@container", "@prefix", "@protected"}


@dataclass(frozen=True, slots=True)
class ContextTerm:
    """One key: the IRI it stands for and how its values are coerced (``""`` = not at all)."""

    key: str
    iri: str
    coercion: str = ""
    language: str = ""
    by_language: bool = False
    always_list: bool = False


class Context:
    """The definitions of one context, ready to be asked from IRIs to keys.

    ``document`` is the JSON of a context file (``{"@context": {...}}``) or its inner object. ``base`` is the IRI
    that identifiers are written relative to; ``""`` keeps them absolute. Raises ``ValueError`` when the context
    is a list or names another file: it must be complete in itself, so that data can be read without a network.
    """

    def __init__(self, document: Mapping[str, Any], base: str = "") -> None:
        inner = document.get("@context", document)
        if not isinstance(inner, Mapping):
            raise ValueError("a context must be one object that fetches nothing")
        self.definitions: dict[str, Any] = dict(inner)
        self.base = base
        self.vocab = str(inner.get("@vocab") or "")
        self.language = str(inner.get("@language") or "")
        self._raw = {key: value for key, value in inner.items() if not key.startswith("@")}
        self.aliases: dict[str, str] = {value: key for key, value in sorted(self._raw.items()) if _is_keyword(value)}
        self.prefixes = self._usable_prefixes()
        self._terms: dict[str, list[ContextTerm]] = {}
        for term in map(self._term, sorted(self._raw)):
            if term is not None:
                self._terms.setdefault(term.iri, []).append(term)

    def document(self) -> dict[str, Any]:
        """Return the value of ``@context`` to write, with the base in it."""
        return {"@base": self.base, **self.definitions} if self.base else dict(self.definitions)

    def keyword(self, name: str) -> str:
        """Return the key that stands for a keyword such as ``@id``: its alias, or itself."""
        return self.aliases.get(name, name)

    def terms(self, iri: str) -> list[ContextTerm]:
        """Return the keys that stand for a property, in alphabetical order."""
        return self._terms.get(iri, [])

    def name(self, iri: str) -> str:
        """Return how a property, class or datatype is written: a term, a compact IRI, or the whole IRI."""
        for term in self.terms(iri):
            if not (term.by_language or term.always_list):
                return term.key
        rest = iri[len(self.vocab) :] if self.vocab and iri.startswith(self.vocab) else ""
        if rest and ":" not in rest and rest not in self._raw and rest[0] != "@":
            return rest
        return self.compact(iri)

    def reference(self, iri: str) -> str:
        """Return how a resource is written as ``@id``: relative to the base, compact, or whole."""
        relative = relative_reference(iri, self.base) if self.base else ""
        return relative or self.compact(iri)

    def compact(self, iri: str) -> str:
        """Return ``prefix:rest`` with the longest prefix that fits, or the whole IRI."""
        for namespace, prefix in self.prefixes:
            if iri.startswith(namespace):
                rest = iri[len(namespace) :]
                if rest and not rest.startswith("//"):
                    return f"{prefix}:{rest}"
        return iri

    def _usable_prefixes(self) -> list[tuple[str, str]]:
        """Prefixes by JSON-LD 1.1: simple terms that end in a delimiter, or marked ``@prefix``; longest first."""
        found = []
        for key, value in self._raw.items():
            marked = isinstance(value, Mapping) and value.get("@prefix") is True
            namespace = self._expand(value.get("@id") if isinstance(value, Mapping) else value)
            simple = isinstance(value, str) and namespace.endswith(_GENERIC_DELIMITERS)
            if (marked or simple) and "://" in namespace and ":" not in key:
                found.append((namespace, key))
        return sorted(found, key=lambda pair: (-len(pair[0]), pair))

    def _term(self, key: str) -> ContextTerm | None:
        value = self._raw[key]
        if isinstance(value, str):
            return None if _is_keyword(value) else ContextTerm(key, self._expand(value))
        if not isinstance(value, Mapping) or not set(value) <= _KNOWN:
            return None
        containers = value.get("@container") or []
        containers = {containers} if isinstance(containers, str) else set(containers)
        coercion = self._expand(value.get("@type") or "")
        if not containers <= {"@set", "@language"} or coercion in {"@json", "@none"}:
            return None
        iri = self._expand(value.get("@id") or key)
        by_language, always_list = "@language" in containers, "@set" in containers
        return ContextTerm(key, iri, coercion, value.get("@language") or "", by_language, always_list)

    def _expand(self, value: Any) -> str:
        """Return the whole IRI of a compact IRI or term used inside the context itself."""
        if not isinstance(value, str) or value.startswith("@") or not value:
            return value if isinstance(value, str) else ""
        prefix, colon, rest = value.partition(":")
        if not colon:
            return self._expand_name(value)
        definition = self._raw.get(prefix)
        if definition is None or rest.startswith("//"):
            return value
        return self._expand(definition.get("@id") if isinstance(definition, Mapping) else definition) + rest

    def _expand_name(self, name: str) -> str:
        definition = self._raw.get(name)
        target = definition.get("@id", "") if isinstance(definition, Mapping) else definition
        # A term may be defined by its own name ("amount": {"@id": "amount"}): then only @vocab expands it.
        return self._expand(target) if target and target != name else self.vocab + name


def _is_keyword(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("@")


def relative_reference(iri: str, base: str) -> str:
    """Return an IRI relative to ``base``, which ends in ``/``; ``""`` where it does not lie near or would not come back.

    Near is what lies below the base or below one of the three folders above it: a disclosure and its department.
    ``relative_reference("https://example.org/a/b#x", "https://example.org/a/b/") == "../b#x"``
    """
    above, up = base, ""
    for _ in range(_MOST_UP + 1):
        if above.endswith("//"):
            break
        if iri.startswith(above):
            relative = iri[len(above) :]
            return up + relative if is_safe_relative(relative) else ""
        above, up = above[: above.rfind("/", 0, -1) + 1], up + "../"
    return ""


def is_safe_relative(relative: str) -> bool:
    """Tell whether resolving ``relative`` gives back exactly what was cut off (RFC 3986, 5.2 and 4.2)."""
    segments = relative.partition("#")[0].split("/")
    return (
        bool(segments[0])
        and relative[0] not in "@?"
        and ":" not in segments[0]
        and not any(part in {"", ".", ".."} for part in segments)
    )

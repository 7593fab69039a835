"""Compacted JSON-LD for people: one object per resource on a line of its own, our own names, decimals as printed.

A general compaction algorithm is slow and forgets the order; sorted triples need neither. Decimals are strings
that the context types (a JSON number would pass through a float in most readers). N-Triples escapes are a
subset of JSON's, so string bodies are copied, not decoded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from budgetlod.rdf.context import Context, ContextTerm
from budgetlod.rdf.lexical import iri_text, is_iri, literal_parts, unescape
from budgetlod.rdf.names import RDF, XSD
from budgetlod.rdf.terms import Triple

_TYPE = f"<{RDF}type>"
# JSON numbers are safe for integers that every reader holds exactly, written as JSON would write them.
_SAFE_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_NOT_JSON = re.compile(r"\\[U']")
_quote = json.encoder.encode_basestring


def jsonld(triples: Iterable[Triple], context: Mapping[str, Any], base: str = "", first: str = "") -> bytes:
    """Return UTF-8 JSON-LD 1.1 of a graph: ``{"@context": …, "@graph": [node, …]}``.

    ``context`` is written in full, so the file reads without a network. Identifiers under the IRI ``base`` are
    written relative to it; the resource ``first`` (an IRI) opens the list, the others follow sorted. What is said of
    one resource keeps the order in which it is given.
    """
    writer = _Writer(Context(context, base))
    opening = f"<{first}>"
    nodes: list[str] = []
    for subject, group in groupby(sorted(triples, key=itemgetter(0)), key=itemgetter(0)):
        nodes.insert(0 if subject == opening else len(nodes), writer.node(subject, group))
    definitions = writer.context.document().items()
    head = ",\n".join(f"  {_quote(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in definitions)
    body = ",\n".join(nodes)
    return f'{{\n"@context": {{\n{head}\n}},\n"@graph": [\n{body}\n]\n}}\n'.encode()


class _Writer:
    """Writes nodes under one context; remembers every key and reference it has written before."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._id, self._type = _quote(context.keyword("@id")), _quote(context.keyword("@type"))
        self._references: dict[str, str] = {}
        self._classes: dict[str, str] = {}
        self._keys: dict[tuple[str, str], ContextTerm] = {}
        self._members: dict[tuple[str, str], tuple[ContextTerm, str]] = {}

    def node(self, subject: str, triples: Iterable[Triple]) -> str:
        """Return the JSON object of one resource."""
        # The resource that the base stands for is written whole, so that it can be found.
        itself = self.context.base and subject == f"<{self.context.base[:-1]}>"
        lines = [f"{self._id}:{_quote(subject[1:-1]) if itself else self._reference(subject)}"]
        types: list[str] = []
        members: dict[str, tuple[ContextTerm, list[str]]] = {}
        for _, predicate, value in triples:
            if predicate == _TYPE:
                types.append(self._class(value))
                continue
            known = self._members.get((predicate, value))
            if known is None:
                known = self._members[predicate, value] = self._member(predicate, value)
            term, text = known
            if term.key in members:
                members[term.key][1].append(text)
            else:
                members[term.key] = (term, [text])
        if types:
            lines.append(f"{self._type}:{_one_or_list(types)}")
        lines += [f"{_quote(key)}:{_values(term, texts)}" for key, (term, texts) in members.items()]
        return "{" + ",".join(lines) + "}"

    def _member(self, predicate: str, value: str) -> tuple[ContextTerm, str]:
        """Choose the key for a value and write the value as that key needs it."""
        if is_iri(value):
            return self._linked(predicate, value)
        body, language, datatype = literal_parts(value)
        text = f'"{body}"' if not _NOT_JSON.search(body) else _quote(unescape(body))
        if language:
            return self._worded(predicate, text, language)
        term = self._key(predicate, datatype)
        return term, self._typed(term, text, body, datatype)

    def _linked(self, predicate: str, value: str) -> tuple[ContextTerm, str]:
        """Write a link: bare under a key that coerces to identifiers or to names, spelt out otherwise."""
        term = self._key(predicate, "@id")
        if term.coercion == "@vocab":
            return term, self._class(value)
        reference = self._reference(value)
        return term, reference if term.coercion == "@id" else f"{{{self._id}:{reference}}}"

    def _worded(self, predicate: str, text: str, language: str) -> tuple[ContextTerm, str]:
        """Write a string with a language: in a language map, under a key of that language, or spelt out."""
        term = self._key(predicate, "@" + language)
        if term.by_language:
            return term, f"{_quote(language)}:{text}"
        if term.language == language:
            return term, text
        return term, self._spelt_out(text, "@language", language)

    def _typed(self, term: ContextTerm, text: str, body: str, datatype: str) -> str:
        """Write a literal without language: bare where the key (or JSON itself) gives the datatype."""
        if (term.coercion == datatype or not term.coercion) and _is_native(body, datatype):
            return body
        if term.coercion == datatype:
            return text
        if datatype == XSD + "string":
            bare = not term.coercion and not self.context.language
            return text if bare else self._spelt_out(text)
        return self._spelt_out(text, "@type", datatype)

    def _spelt_out(self, text: str, keyword: str = "", value: str = "") -> str:
        """Return a value object: right under every key, whatever it coerces to."""
        pair = f"{_quote(self.context.keyword('@value'))}:{text}"
        if not keyword:
            return f"{{{pair}}}"
        written = self.context.name(value) if keyword == "@type" else value
        return f"{{{pair},{_quote(self.context.keyword(keyword))}:{_quote(written)}}}"

    def _key(self, predicate: str, kind: str) -> ContextTerm:
        """Return the best key for values of ``kind``: ``@id``, ``@{language}`` or a datatype IRI."""
        known = self._keys.get((predicate, kind))
        if known is None:
            known = self._keys[predicate, kind] = self._choose(iri_text(predicate), kind)
        return known

    def _choose(self, iri: str, kind: str) -> ContextTerm:
        terms = self.context.terms(iri)
        fitting = [term for term in terms if _fits(term, kind)]
        neutral = [term for term in terms if not (term.coercion or term.by_language or term.language)]
        return (fitting + neutral + [ContextTerm(self.context.compact(iri), iri)])[0]

    def _reference(self, term: str) -> str:
        known = self._references.get(term)
        if known is None:
            known = self._references[term] = _quote(self.context.reference(iri_text(term)))
        return known

    def _class(self, term: str) -> str:
        known = self._classes.get(term)
        if known is None:
            known = self._classes[term] = _quote(self.context.name(iri_text(term)))
        return known


def _fits(term: ContextTerm, kind: str) -> bool:
    """Tell whether values of ``kind`` need nothing beside them under this key."""
    if kind == "@id":
        return term.coercion in {"@id", "@vocab"}
    if kind.startswith("@"):
        return term.by_language or term.language == kind[1:]
    return term.coercion == kind and not term.by_language


def _is_native(body: str, datatype: str) -> bool:
    """Tell whether a JSON number or boolean gives back exactly this lexical form."""
    if datatype == XSD + "integer":
        return _SAFE_INTEGER.fullmatch(body) is not None
    return datatype == XSD + "boolean" and body in {"true", "false"}


def _one_or_list(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"[{','.join(texts)}]"


def _values(term: ContextTerm, texts: list[str]) -> str:
    if term.by_language:
        return _language_map(texts)
    if len(texts) == 1 and not term.always_list:
        return texts[0]
    return f"[{','.join(texts)}]"


def _language_map(pairs: list[str]) -> str:
    """Return a language map; several texts of one language become a list."""
    texts: dict[str, list[str]] = {}
    for pair in pairs:
        language, _, text = pair.partition(":")
        texts.setdefault(language, []).append(text)
    return "{" + ",".join(f"{language}:{_one_or_list(found)}" for language, found in texts.items()) + "}"

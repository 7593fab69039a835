"""Named queries: ``.rq`` files with a title, a description and parameters in comment lines.

The header of a query::

    # title (en): Expenditure by function
    # title (zh): 按功能分类的支出
    # description (en): …
    # description (zh): …
    # param: year | ""^^xsd:gYear | fiscal year; empty: all | 预算年度；空为全部

A parameter is a variable of the query. Its default shows its kind: ``<…>`` an IRI, ``scheme:notation`` a code,
``"…"`` text, ``"…"^^xsd:…`` a typed value; an empty one leaves the variable free, so that it matches everything.
Values are substituted as terms (pyoxigraph ``substitutions``, RDF-dev SEP-0007), never pasted into the text;
therefore every parameter is also a column of the result. Without substitution each file is plain SPARQL 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph

from budgetlod.model.problem import BadInput, Problem
from budgetlod.rdf.names import CODE, XSD

_FOLDER = Path(__file__).with_name("queries")
_HEADER = re.compile(r"# (title|description) \((en|zh)\): (.+)")
_PARAM = re.compile(r"# param: ([a-zA-Z]+) \| (\S+) \| ([^|]+) \| ([^|]+)")
_DEFAULT = re.compile(
    r'<(?P<iri>[^>]*)>|"(?P<text>[^"]*)"(?:\^\^xsd:(?P<type>\w+))?|(?P<scheme>[a-z][a-z-]*):(?P<code>\S*)'
)
_LEXICAL = {
    "gYear": re.compile(r"-?[0-9]{4,}"),
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "boolean": re.compile(r"true|false"),
}
_ABSOLUTE_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
_NOTATION = re.compile(r"[\w.~-]+")
# What a substitution may be; parameters make IRIs and literals.
Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the caller may set. ``default`` is as written in the file."""

    name: str
    default: str
    description_en: str
    description_zh: str

    def term(self, value: str | None = None, base: str = "") -> Term | None:
        """Return the term for ``value`` (``None``: the default), or ``None`` when it is empty and so left free.

        An IRI may stand in angle brackets and may be relative to ``base``; a code may be its notation or its IRI.
        Raises ``ValueError`` when the value is not of the parameter's kind.
        """
        kind = _DEFAULT.fullmatch(self.default)
        if kind is None:
            raise ValueError(f"parameter {self.name}: cannot read the default {self.default!r}")
        if kind["scheme"]:
            return _code(kind["scheme"], kind["code"] if value is None else value)
        if kind["iri"] is not None:
            return _resource(kind["iri"] if value is None else value, base)
        return _literal(kind["text"] if value is None else value, kind["type"])


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the installation: its name, words in both languages, parameters, and SPARQL text."""

    name: str
    title_en: str
    title_zh: str
    description_en: str
    description_zh: str
    params: tuple[Parameter, ...]
    text: str

    def title(self, language: str = "en") -> str:
        """Return the title in ``language`` ("zh" or "en")."""
        return self.title_zh if language == "zh" else self.title_en

    def description(self, language: str = "en") -> str:
        """Return the description in ``language`` ("zh" or "en")."""
        return self.description_zh if language == "zh" else self.description_en

    def substitutions(self, values: Mapping[str, str], base: str = "") -> dict[pyoxigraph.Variable, Term]:
        """Return the terms to substitute, relative IRIs resolved against ``base``.

        Raises :class:`BadInput` for an unknown parameter or a wrong value.
        """
        unknown = set(values) - {param.name for param in self.params}
        problems = [self._unknown(name) for name in sorted(unknown)]
        terms: dict[pyoxigraph.Variable, Term] = {}
        for param in self.params:
            try:
                term = param.term(values.get(param.name), base)
            except ValueError as error:
                problems.append(_wrong(self.name, param, error))
            else:
                if term is not None:
                    terms[pyoxigraph.Variable(param.name)] = term
        if problems:
            raise BadInput(problems)
        return terms

    def _unknown(self, name: str) -> Problem:
        known = ", ".join(param.name for param in self.params) or "-"
        return Problem(
            code="unknown-parameter",
            severity="error",
            zh=f"查询 {self.name} 没有参数 {name}",
            en=f"query {self.name} has no parameter {name}",
            hint_zh=f"可用参数：{known}",
            hint_en=f"its parameters: {known}",
        )


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Return every query of the installation by name, in alphabetical order."""
    return {path.stem: read_query(path.stem, path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.rq"))}


def read_query(name: str, text: str) -> NamedQuery:
    """Return a query from the text of its file; raises ``ValueError`` when a header line is missing or malformed."""
    words: dict[tuple[str, str], str] = {}
    params: list[Parameter] = []
    for line in text.splitlines():
        if found := _HEADER.fullmatch(line):
            words[found[1], found[2]] = found[3].strip()
        elif found := _PARAM.fullmatch(line):
            params.append(Parameter(found[1], found[2], found[3].strip(), found[4].strip()))
        elif line.startswith("# param"):
            raise ValueError(f"{name}: cannot read {line!r}")
    wanted = [(kind, language) for kind in ("title", "description") for language in ("en", "zh")]
    missing = [f"{kind} ({language})" for kind, language in wanted if (kind, language) not in words]
    if missing:
        raise ValueError(f"{name}: the header lacks {', '.join(missing)}")
    titles, descriptions = (
        {key[1]: words[key] for key in wanted if key[0] == kind} for kind in ("title", "description")
    )
    return NamedQuery(name, titles["en"], titles["zh"], descriptions["en"], descriptions["zh"], tuple(params), text)


def _code(scheme: str, value: str) -> pyoxigraph.NamedNode | None:
    if not value:
        return None
    home = f"{CODE}{scheme}/"
    notation = value.strip("<>").removeprefix(home).removeprefix(f"{scheme}:")
    if not _NOTATION.fullmatch(notation):
        raise ValueError(f"not a code of {scheme}: {value!r}")
    return pyoxigraph.NamedNode(home + notation)


def _resource(value: str, base: str) -> pyoxigraph.NamedNode | None:
    bare = value.removeprefix("<").removesuffix(">")
    if not bare:
        return None
    if base and "://" not in bare:
        bare = base + bare.lstrip("/")
    if not _ABSOLUTE_IRI.fullmatch(bare):
        raise ValueError(f"not an absolute IRI: {value!r}")
    return pyoxigraph.NamedNode(bare)


def _literal(value: str, datatype: str | None) -> pyoxigraph.Literal | None:
    if not value:
        return None
    if datatype is None:
        return pyoxigraph.Literal(value)
    if not _LEXICAL[datatype].fullmatch(value):
        raise ValueError(f"not an xsd:{datatype}: {value!r}")
    return pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(XSD + datatype))


def _wrong(query: str, param: Parameter, error: ValueError) -> Problem:
    return Problem(
        code="wrong-parameter",
        severity="error",
        zh=f"查询 {query} 的参数 {param.name} 有误：{error}",
        en=f"query {query}, parameter {param.name}: {error}",
        hint_zh=param.description_zh,
        hint_en=param.description_en,
    )

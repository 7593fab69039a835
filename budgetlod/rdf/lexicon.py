"""Load the lexicon from the ontology's Turtle files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

import pyoxigraph

from budgetlod.core.resources import resource
from budgetlod.core.text import label_key
from budgetlod.model.codes import Code, CodeList
from budgetlod.model.lexicon import DIMENSION_OF, Lexicon, Meaning, Role, StatementType, TitleWords
from budgetlod.rdf import terms
from budgetlod.rdf.names import BLOD, CODE, SKOS

# Published beside the data, but no words of documents are looked up in them: left out for speed.
_NOT_READ = frozenset({"area.ttl", "cofog.ttl", "procurement.ttl", "ontology.ttl", "quality.ttl"})
_LABELS = (SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")
# What a disclosure's graph says of the codes it uses, because shapes ask for it: numbers, yes or no, other codes.
FACTS = (
    "complete",
    "factor",
    "forInstitution",
    "ofWhich",
    "unitFor",
    "unitValueFrom",
    "usualFunding",
    "usualNature",
    "vague",
)


class Description:
    """What the files say about one subject: values by predicate, in the order they are written."""

    def __init__(self) -> None:
        self.values: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def all(self, predicate: str) -> list[str]:
        """Return all values of a predicate as text."""
        return [value for value, _ in self.values.get(predicate, ())]

    def one(self, predicate: str, default: str = "") -> str:
        """Return the first value of a predicate, or ``default``."""
        values = self.values.get(predicate)
        return values[0][0] if values else default

    def true(self, predicate: str) -> bool:
        """Return whether a boolean is given as true."""
        return self.one(predicate) == "true"

    def label(self, language: str) -> str:
        """Return the preferred label in a language."""
        return next((v for v, tag in self.values.get(_LABELS[0], ()) if tag == language), "")

    def label_keys(self) -> Iterator[str]:
        """Yield the keys of all Chinese labels, preferred first."""
        for predicate in _LABELS:
            for value, tag in self.values.get(predicate, ()):
                if tag != "en":
                    yield label_key(value)


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the lexicon of the installed ontology (read once per process)."""
    home = resource("ontology")
    files = [*home.glob("*.ttl"), *home.glob("codelists/*.ttl")]
    return lexicon_from(sorted(file for file in files if file.name not in _NOT_READ))


@cache
def published_list(scheme: str) -> CodeList:
    """Return a code list that the lexicon leaves out (areas, the procurement catalogue); empty if there is none."""
    file = resource("ontology") / "codelists" / f"{scheme}.ttl"
    return _code_list(scheme, _by_scheme(_described([file]))[scheme] if file.is_file() else {})


@cache
def published_codes(scheme: str, notation: str) -> CodeList:
    """Return of a published list a code and those above it alone: to read all areas for the sake of one takes long.

    What a code that is not listed lies under only the whole list tells: then that is returned.
    """
    file = resource("ontology") / "codelists" / f"{scheme}.ttl"
    blocks = _blocks(file) if file.is_file() else {}
    if f"{scheme}:{notation}" not in blocks:
        return published_list(scheme)
    members: dict[str, Description] = {}
    waiting = [notation]
    while waiting:
        name = waiting.pop()
        block = blocks.get(f"{scheme}:{name}")
        if name not in members and block is not None:
            members |= _by_scheme(_said({}, pyoxigraph.parse(blocks[""] + block, pyoxigraph.RdfFormat.TURTLE)))[scheme]
            waiting += [_tail(code) for code in members[name].all(SKOS + "broader")]
    return _code_list(scheme, members)


@cache
def _blocks(file: Path) -> dict[str, str]:
    """Return the paragraphs of a Turtle file by the subject that each begins with; its prefixes under an empty name."""
    found: dict[str, str] = {"": ""}
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        name = "" if lines and lines[0].startswith("@prefix") else lines[0].split(" ", 1)[0] if lines else ""
        found[name] = found.get(name, "") + "\n".join(lines) + "\n"
    return found


def lexicon_from(files: Iterable[Path]) -> Lexicon:
    """Return the lexicon that some Turtle files make."""
    described = _described(files)
    by_scheme = _by_scheme(described)
    lexicon = _plain_lexicon(described, by_scheme)
    cores: dict[str, list[Meaning]] = defaultdict(list)
    for key, meanings in lexicon.meanings.items():
        cores[lexicon.core(key)].extend(m for m in meanings if not _is_classified(m))
    return replace(lexicon, cores={key: tuple(found) for key, found in cores.items()})


def _is_classified(meaning: Meaning) -> bool:
    """Return whether words name a code below the classes: their labels differ by what ends others (…费, …支出)."""
    return meaning.depth > _CLASS_LENGTH


def _plain_lexicon(described: dict[str, Description], by_scheme: dict[str, dict[str, Description]]) -> Lexicon:
    return Lexicon(
        lists={scheme: _code_list(scheme, members) for scheme, members in by_scheme.items()},
        meanings=_meanings(by_scheme),
        roles=_roles({n: d for n, d in by_scheme["heading"].items() if n != "filler"}),
        statements={n: _statement(n, d) for n, d in by_scheme["statement"].items() if d.one(BLOD + "order")},
        titles={key: n for n, d in by_scheme["statement"].items() if d.one(BLOD + "order") for key in d.label_keys()},
        fillers=tuple(sorted(by_scheme["heading"]["filler"].label_keys(), key=len, reverse=True)),
        title_words=tuple(_title_words(by_scheme["statement"], "title")),
        heading_words=tuple(_title_words(by_scheme["section"], "heading")),
        dimension_keys=_dimension_keys(described),
        section_fixes={n: _coordinates(d.all(BLOD + "fixes")) for n, d in by_scheme["section"].items()},
        corresponds=tuple(_links(by_scheme["function"], "correspondsTo")),
        charged=tuple(_links(by_scheme["economic"], "chargedTo")),
        paid_from=tuple(_links(by_scheme["economic"], "paidFrom")),
    )


def _described(files: Iterable[Path]) -> dict[str, Description]:
    """Return what the files say, by subject."""
    described: dict[str, Description] = defaultdict(Description)
    for file in files:
        _said(described, pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE))
    return described


def _said(described: dict[str, Description], quads: Iterable[pyoxigraph.Quad]) -> dict[str, Description]:
    """Add what some quads say to what is said of their subjects."""
    for quad in quads:
        term = quad.object
        tag = (term.language or "") if isinstance(term, pyoxigraph.Literal) else ""
        if isinstance(quad.subject, pyoxigraph.NamedNode) and not isinstance(term, pyoxigraph.BlankNode):
            subject = described.setdefault(quad.subject.value, Description())
            subject.values[quad.predicate.value].append((_text(term), tag))
    return described


def _by_scheme(described: dict[str, Description]) -> dict[str, dict[str, Description]]:
    """Return the descriptions of codes, by scheme and notation."""
    by_scheme: dict[str, dict[str, Description]] = defaultdict(dict)
    for subject, description in described.items():
        if subject.startswith(CODE) and "/" in subject.removeprefix(CODE):
            scheme, notation = subject.removeprefix(CODE).split("/", 1)
            by_scheme[scheme][notation] = description
    return by_scheme


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


_CLASS_LENGTH = 3


def _tail(code: str) -> str:
    return code.rsplit("/", 1)[1]


def _coordinates(codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Turn code IRIs into (dimension, notation) pairs."""
    pairs = (code.removeprefix(CODE).split("/", 1) for code in codes)
    return tuple((DIMENSION_OF[scheme], notation) for scheme, notation in pairs)


def _code_list(scheme: str, members: dict[str, Description]) -> CodeList:
    codes: dict[str, Code] = {}
    keys: dict[str, list[str]] = defaultdict(list)
    for notation, description in members.items():
        factor = description.one(BLOD + "factor")
        codes[notation] = Code(
            notation,
            description.label("zh"),
            description.label("en"),
            tuple(_tail(code) for code in description.all(SKOS + "broader")),
            description.true(BLOD + "complete"),
            description.true(BLOD + "ofWhich"),
            Decimal(factor) if factor else None,
            tuple(_facts(description)),
        )
        for key in dict.fromkeys(description.label_keys()):
            keys[key].append(notation)
    return CodeList(scheme, codes, {key: tuple(notations) for key, notations in keys.items()})


def _facts(description: Description) -> Iterator[tuple[str, str]]:
    """Yield the facts of a code that a disclosure's graph repeats, as (property, RDF term)."""
    for name in FACTS:
        for value in description.all(BLOD + name):
            if value.startswith(CODE):
                yield name, terms.iri(value)
            else:
                yield name, terms.typed(value, "boolean" if value in ("true", "false") else "decimal")


def _meanings(by_scheme: dict[str, dict[str, Description]]) -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, list[Meaning]] = defaultdict(list)
    for notation, description in by_scheme["wording"].items():
        meaning = Meaning(
            notation,
            _coordinates(description.all(BLOD + "sets")),
            frozenset(description.all(BLOD + "axis")),
            _coordinates(description.all(BLOD + "when")),
            description.true(BLOD + "opensContext"),
            description.true(BLOD + "closesContext"),
        )
        for key in dict.fromkeys(description.label_keys()):
            found[key].append(meaning)
    for scheme, dimension in DIMENSION_OF.items():
        for notation, description in by_scheme[scheme].items():
            meaning = Meaning(f"{scheme}/{notation}", ((dimension, notation),))
            for key in dict.fromkeys(description.label_keys()):
                found[key].append(meaning)
    return {key: tuple(meanings) for key, meanings in found.items()}


def _roles(members: dict[str, Description]) -> dict[str, tuple[Role, ...]]:
    found: dict[str, list[Role]] = defaultdict(list)
    for description in members.values():
        role = Role(description.one(SKOS + "notation"), frozenset(map(_tail, description.all(BLOD + "usedIn"))))
        for key in dict.fromkeys(description.label_keys()):
            found[key].append(role)
    return {key: tuple(roles) for key, roles in found.items()}


def _statement(notation: str, description: Description) -> StatementType:
    def dimensions(predicate: str) -> tuple[str, ...]:
        return tuple(value.removeprefix(BLOD) for value in description.all(BLOD + predicate))

    return StatementType(
        notation,
        description.label("zh"),
        description.label("en"),
        int(description.one(BLOD + "order", "99")),
        _tail(description.one(SKOS + "broader", "/schedule")),
        _coordinates(description.all(BLOD + "fixes")),
        _coordinates(description.all(BLOD + "rowTotal")),
        dimensions("rowDimension"),
        dimensions("columnDimension"),
        description.true(BLOD + "carryOverDecides"),
        description.true(BLOD + "labelsCarryDown"),
        description.true(BLOD + "namesProjects"),
        description.true(BLOD + "required"),
        description.true(BLOD + "isForm"),
        tuple(map(_tail, description.all(BLOD + "servesAs"))),
        description.true(BLOD + "asPrinted"),
    )


def _title_words(members: dict[str, Description], kind: str) -> list[TitleWords]:
    """Return the words of titles or headings by type: those of a higher rank first, then those that say more."""
    found = [
        TitleWords(tuple(value.split()), notation, int(description.one(f"{BLOD}{kind}Rank", "0")))
        for notation, description in members.items()
        for value in description.all(f"{BLOD}{kind}Words")
    ]
    return sorted(found, key=lambda title: (-title.rank, -sum(map(len, title.words)), title))


def _dimension_keys(described: dict[str, Description]) -> dict[str, str]:
    """Return the headings that name a dimension (功能分类科目), from the labels of the dimension properties."""
    return {
        label_key(label): dimension
        for dimension in DIMENSION_OF.values()
        for label in described[BLOD + dimension].all(SKOS + "hiddenLabel")
    }


def _links(members: dict[str, Description], name: str) -> Iterator[tuple[str, str]]:
    for notation, description in members.items():
        for target in description.all(BLOD + name):
            yield notation, _tail(target)

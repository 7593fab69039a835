"""Describe the codes that a graph uses, in that graph: labels, what lies above them and what shapes ask of them.

A disclosure's graph is then complete in itself: no query and no shape needs the code lists beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import unquote

from budgetlod.mapping.sink import Sink
from budgetlod.model.codes import Code, CodeList
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.lexicon import SCHEMES, Lexicon
from budgetlod.rdf import terms
from budgetlod.rdf.iris import code
from budgetlod.rdf.lexicon import published_codes
from budgetlod.rdf.names import CODE, SKOS
from budgetlod.rdf.terms import Triple, iri, string

_START = f"<{CODE}"
_CONCEPT = iri(SKOS + "Concept")
_IN_SCHEME = iri(SKOS + "inScheme")
_NOTATION = iri(SKOS + "notation")
_LABEL = iri(SKOS + "prefLabel")
_BROADER = iri(SKOS + "broader")
_ABOVE = iri(SKOS + "broaderTransitive")

Name = tuple[str, str]
"""A code by its scheme and notation."""


def map_codes(disclosure: Disclosure, lexicon: Lexicon, sink: Sink) -> None:
    """Describe every code that the triples of ``sink`` use, and every code above one; call it last."""
    printed = {(SCHEMES[dimension], notation): label for dimension, notation, label in disclosure.local_codes}
    waiting, described = list(used_codes(sink.triples)), set[Name]()
    while waiting:
        name = waiting.pop()
        if name not in described:
            described.add(name)
            waiting += _describe(name, _list(name, lexicon), printed, sink)


def used_codes(triples: Iterable[Triple]) -> Iterator[Name]:
    """Yield the codes that stand as objects of triples."""
    for term in {value for _, _, value in triples if value.startswith(_START)}:
        scheme, slash, notation = term[len(_START) : -1].partition("/")
        if slash:
            yield scheme, unquote(notation)


def _list(name: Name, lexicon: Lexicon) -> CodeList:
    return lexicon.lists.get(name[0]) or published_codes(*name)


def _describe(name: Name, codes: CodeList, printed: Mapping[Name, str], sink: Sink) -> Collection[Name]:
    """Add the description of one code; return the codes that it names in turn."""
    scheme, notation = name
    subject = code(scheme, notation)
    sink.types(subject, _CONCEPT)
    sink.add(subject, _IN_SCHEME, iri(CODE + scheme))
    sink.add(subject, _NOTATION, string(notation))
    listed = codes.codes.get(notation)
    if listed is None:
        sink.add(subject, _LABEL, string(printed.get(name) or notation, "zh"))
        if not codes.ends_above(notation):
            sink.say(subject, "isListed", terms.boolean(False))
    else:
        _listed(subject, listed, sink)
    above = [notation, *(step[0] for step in codes.steps(notation))]
    for broader in codes.broader(notation):
        sink.add(subject, _BROADER, code(scheme, broader))
    for broader in above:
        sink.add(subject, _ABOVE, code(scheme, broader))
    named = [value for _, value in (listed.facts if listed else ()) if value.startswith(_START)]
    return [*((scheme, broader) for broader in above[1:]), *used_codes(("", "", value) for value in named)]


def _listed(subject: str, listed: Code, sink: Sink) -> None:
    """Add what the list says of a code: both labels, and the facts that shapes ask for."""
    if listed.label:
        sink.add(subject, _LABEL, string(listed.label, "zh"))
    if listed.label_en:
        sink.add(subject, _LABEL, string(listed.label_en, "en"))
    for name, value in listed.facts:
        sink.say(subject, name, value)
        if name == "forInstitution":
            sink.say(sink.iris.disclosure, "listsItemsFor", value)

"""The disclosure itself, its source and the run that read it; and the one door to the mapping."""

from __future__ import annotations

from budgetlod.core.version import __version__
from budgetlod.mapping.codes import map_codes
from budgetlod.mapping.content import map_content
from budgetlod.mapping.corrections import map_corrections
from budgetlod.mapping.evidence import map_mentions, map_remarks, map_statements
from budgetlod.mapping.figures import map_figures, map_relations
from budgetlod.mapping.layout import map_layout
from budgetlod.mapping.recognition import map_recognition
from budgetlod.mapping.sink import Sink
from budgetlod.model.disclosure import Disclosure, SourcePart
from budgetlod.model.lexicon import Lexicon
from budgetlod.rdf import terms
from budgetlod.rdf.iris import BASE, Iris, blod, code
from budgetlod.rdf.names import (
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    PROV,
    QB,
    RDFS,
    SDMX_ATTRIBUTE,
    SKOS,
    SOFTWARE,
    SPDX,
)
from budgetlod.rdf.terms import Triple, iri, string

_PHASES = {
    "budget": ("预算", "budget"),
    "adjusted": ("调整预算", "adjusted budget"),
    "executed": ("执行数", "execution"),
    "final": ("决算", "final account"),
}


def title(disclosure: Disclosure, language: str) -> str:
    """Return the title of a disclosure in ``zh`` or ``en``."""
    who = disclosure.identity
    zh, en = _PHASES.get(who.phase, _PHASES["budget"])
    if language == "zh":
        return f"{who.name}{who.fiscal_year}年部门{zh}"
    return f"{disclosure.source.publisher_en or who.name}: department {en} {who.fiscal_year}"


def to_triples(disclosure: Disclosure, lexicon: Lexicon, base: str = BASE) -> list[Triple]:
    """Return the graph of a disclosure: sorted triples without blank nodes."""
    sink = Sink(Iris(disclosure.identity, base), [part.file for part in disclosure.source.parts])
    _disclosure(disclosure, sink)
    _provenance(disclosure, sink)
    map_statements(disclosure, sink)
    map_mentions(disclosure, disclosure.prose_precision, sink)
    map_remarks(disclosure, sink)
    map_figures(disclosure, sink)
    map_relations(disclosure, sink)
    map_content(disclosure, sink)
    map_layout(disclosure, sink)
    map_corrections(disclosure, sink)
    map_recognition(disclosure, sink)
    map_codes(disclosure, lexicon, sink)
    return terms.graph(sink.triples)


def _disclosure(disclosure: Disclosure, sink: Sink) -> None:
    who, content = disclosure.identity, disclosure.content
    subject = sink.iris.disclosure
    sink.types(subject, blod("Disclosure"), iri(DCAT + "Dataset"), iri(QB + "DataSet"))
    for language in ("zh", "en"):
        sink.add(subject, iri(DCTERMS + "title"), string(title(disclosure, language), language))
        sink.add(subject, iri(RDFS + "label"), string(title(disclosure, language), language))
    sink.add(subject, iri(QB + "structure"), blod("budgetStructure"))
    sink.add(subject, iri(SDMX_ATTRIBUTE + "unitMeasure"), code("unit", "cny"))
    sink.add(subject, iri(DCTERMS + "publisher"), sink.iris.organization)
    sink.say(subject, "organization", sink.iris.organization)
    sink.say(subject, "fiscalYear", terms.year(who.fiscal_year))
    sink.say(subject, "phase", code("phase", who.phase))
    if who.level:
        sink.say(subject, "level", code("level", who.level))
    if who.area:
        sink.add(subject, iri(DCTERMS + "spatial"), code("area", who.area))
    sink.text(subject, "preamble", content.preamble, "zh")
    sink.text(subject, "roundingDeclared", content.rounding, "zh")
    if content.contents:
        sink.add(subject, iri(DCTERMS + "tableOfContents"), string("\n".join(content.contents), "zh"))
    for source in disclosure.relations.funded_by:
        sink.say(subject, "fundedBy", code("source", source))
    _department(disclosure, sink)


def _department(disclosure: Disclosure, sink: Sink) -> None:
    who = disclosure.identity
    subject = sink.iris.organization
    sink.types(subject, iri(ORG + "Organization"), iri(ORG + "FormalOrganization"), iri(FOAF + "Agent"))
    for predicate in (RDFS + "label", SKOS + "prefLabel", FOAF + "name"):
        sink.add(subject, iri(predicate), string(who.name, "zh"))
        if disclosure.source.publisher_en:
            sink.add(subject, iri(predicate), string(disclosure.source.publisher_en, "en"))
    if who.code:
        sink.add(subject, iri(DCTERMS + "identifier"), string(who.code))
    if who.area:
        sink.add(subject, iri(DCTERMS + "spatial"), code("area", who.area))


def _provenance(disclosure: Disclosure, sink: Sink) -> None:
    """Say what was read by which version of the tool; no clock: the date is the one its publisher states."""
    run, agent = sink.iris.single("run"), iri(SOFTWARE + __version__)
    sink.types(run, iri(PROV + "Activity"))
    for part in disclosure.source.parts:
        document = _file(part, sink)
        sink.add(run, iri(PROV + "used"), document)
        sink.add(sink.iris.disclosure, iri(PROV + "wasDerivedFrom"), document)
        sink.add(sink.iris.disclosure, iri(DCTERMS + "source"), document)
        _rights(disclosure, document, sink)
    sink.add(run, iri(PROV + "wasAssociatedWith"), agent)
    sink.types(agent, iri(PROV + "SoftwareAgent"), iri(PROV + "Agent"))
    sink.add(agent, iri(RDFS + "label"), string(f"budgetlod {__version__}"))
    sink.add(sink.iris.disclosure, iri(PROV + "wasGeneratedBy"), run)
    _rights(disclosure, sink.iris.disclosure, sink)
    source = disclosure.source
    if source.landing_page:
        sink.add(sink.iris.disclosure, iri(DCAT + "landingPage"), iri(source.landing_page))


def _file(part: SourcePart, sink: Sink) -> str:
    """Add a file of the source with its checksum, and return its IRI."""
    document, checksum = sink.iris.source(part.file), sink.iris.source(part.file, "sha256")
    sink.types(document, iri(PROV + "Entity"), iri(FOAF + "Document"))
    sink.add(document, iri(RDFS + "label"), string(part.name))
    sink.add(document, iri(DCTERMS + "format"), iri("https://www.iana.org/assignments/media-types/" + part.media_type))
    sink.add(document, iri(SPDX + "checksum"), checksum)
    sink.types(checksum, iri(SPDX + "Checksum"))
    sink.add(checksum, iri(SPDX + "algorithm"), iri(SPDX + "checksumAlgorithm_sha256"))
    sink.add(checksum, iri(SPDX + "checksumValue"), terms.typed(part.sha256, "hexBinary"))
    return document


def _rights(disclosure: Disclosure, subject: str, sink: Sink) -> None:
    source = disclosure.source
    if source.issued:
        sink.add(subject, iri(DCTERMS + "issued"), _date(source.issued))
    if source.licence:
        sink.add(subject, iri(DCTERMS + "license"), iri(source.licence))
    if source.rights:
        sink.add(subject, iri(DCTERMS + "rights"), string(source.rights))


def _date(text: str) -> str:
    """Return a W3C-DTF date as the XML Schema type of its length: year, year-month or date."""
    return terms.typed(text, {4: "gYear", 7: "gYearMonth"}.get(len(text), "date"))

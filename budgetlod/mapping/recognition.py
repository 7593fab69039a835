"""How sure evidence is that was recognised in pictures, and the recognition that it comes from."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from budgetlod.core.numbers import CENT
from budgetlod.core.text import squeeze
from budgetlod.mapping.sink import Sink
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.notes import Mention
from budgetlod.model.tables import Cell
from budgetlod.rdf import terms
from budgetlod.rdf.iris import blod
from budgetlod.rdf.names import PROV, RDFS, SOFTWARE
from budgetlod.rdf.terms import iri

_GENERATED = iri(PROV + "wasGeneratedBy")
_LABEL = iri(RDFS + "label")


def map_recognition(disclosure: Disclosure, sink: Sink) -> None:
    """Add the recognition of text in the pictures of a document, where evidence rests on it, with its software."""
    content = disclosure.content
    sure = [cell.confidence for statement in content.statements for cell in statement.cells]
    sure += [mention.confidence for mention in content.mentions]
    if min(sure, default=1.0) >= 1:
        return
    subject = sink.iris.single("recognition")
    sink.types(subject, blod("Recognition"), iri(PROV + "Activity"))
    for text, language in (("文字识别", "zh"), ("optical character recognition", "en")):
        sink.add(subject, _LABEL, terms.string(text, language))
    for part in disclosure.source.parts:
        sink.add(subject, iri(PROV + "used"), sink.iris.source(part.file))
    # A layer of text that somebody else's software put behind a scan does not tell by which.
    if software := disclosure.source.recogniser:
        agent = iri(SOFTWARE + terms.segment(squeeze(software.replace(" ", "-"))))
        sink.types(agent, iri(PROV + "SoftwareAgent"), iri(PROV + "Agent"))
        sink.add(agent, _LABEL, terms.string(software))
        sink.add(subject, iri(PROV + "wasAssociatedWith"), agent)


def map_confidence(subject: str, evidence: Cell | Mention, sink: Sink) -> None:
    """Add how sure the text of a piece of evidence is, where it was recognised in a picture."""
    if evidence.confidence < 1:
        sink.number(subject, "confidence", _two_decimals(evidence.confidence))
        sink.add(subject, _GENERATED, sink.iris.single("recognition"))


def map_mending(subject: str, cell: Cell, sink: Sink) -> None:
    """Add the number that a misread one was taken for because only so does a printed sum close."""
    if cell.mended:
        sink.say(subject, "mendedAs", terms.string(cell.mended))


def _two_decimals(confidence: float) -> Decimal:
    """Return a confidence with two decimals, never more than it is: 0.999 is not certain."""
    return Decimal(str(confidence)).quantize(CENT, ROUND_DOWN)

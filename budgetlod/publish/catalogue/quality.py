"""Quality of a dataset in the W3C's Data Quality Vocabulary (DQV): counts from validation and from reading.

https://www.w3.org/TR/vocab-dqv/. The metrics are described in ``ontology/quality.ttl``. A measurement has the IRI that
``report.ttl`` gives it, so that both say the same of one resource.
"""

from __future__ import annotations

from collections.abc import Iterator

from budgetlod.publish.catalogue.facts import facts
from budgetlod.publish.quality import Quality
from budgetlod.rdf.names import DQV, QUALITY, RDF
from budgetlod.rdf.terms import Triple, integer, iri


def measurements(dataset: str, quality: Quality | None) -> Iterator[Triple]:
    """Yield the measurements of a dataset (an IRI)."""
    for name, number in (quality.to_json() if quality else {}).items():
        node = f"{dataset}/report#measurement-{name}"
        yield from facts(dataset, (DQV + "hasQualityMeasurement", [iri(node)]))
        yield from facts(
            node,
            (RDF + "type", [iri(DQV + "QualityMeasurement")]),
            (DQV + "isMeasurementOf", [iri(QUALITY + name)]),
            (DQV + "computedOn", [iri(dataset)]),
            (DQV + "value", [integer(number)]),
        )

"""Entries of made-up disclosures: what catalogue, VoID and sitemap are made from."""

from __future__ import annotations

from dataclasses import replace

from budgetlod.publish.counts import Counts
from budgetlod.publish.entry import CataloguedFile, Entry
from budgetlod.publish.item import Contact, Publisher
from budgetlod.publish.manifest import record
from budgetlod.publish.outputs import ALL_QUADS_KIND, OUTPUTS, source_kind
from budgetlod.publish.quality import Quality
from budgetlod.publish.settings import BASE, PublicationSettings

ENDPOINT = "https://data.example.org/sparql"
SETTINGS = PublicationSettings(endpoint=ENDPOINT)
ONTOLOGY = "https://w3id.org/budgetlod/ontology#"
WHOLE = (CataloguedFile(record("all.nq.gz", b"all"), ALL_QUADS_KIND),)
CONTACT = Contact("某局", "office@example.org")


def department(number: int) -> str:
    return f"{BASE}organization/110000-{number:03d}"


def entry(number: int, year: int, phase: str = "budget", **changes: object) -> Entry:
    """The disclosure of a department, a year and a phase, with a file for each row of the registry."""
    folder = f"dataset/110000-{number:03d}/{year}-{phase}"
    files = [
        CataloguedFile(record(f"{folder}/{row.name}", row.name.encode()), row.kind)
        for row in OUTPUTS
        if row.kind.offered
    ]
    files.append(CataloguedFile(record(f"{folder}/source.pdf", b"pdf"), source_kind("application/pdf")))
    made = Entry(
        iri=BASE + folder,
        folder=folder,
        fiscal_year=year,
        phase=phase,
        title_zh=f"某局{year}年部门预算",
        title_en=f"Some bureau: department budget {year}",
        publisher=Publisher(department(number), "某局", "Some bureau"),
        counts=Counts(10, 2, {ONTOLOGY + "Cell": 2}, (ONTOLOGY + "printed",), {"": (f"{BASE}shared",)}),
        files=tuple(files),
        description_en="Figures.",
        issued=f"{year}-02-07",
        licence="https://creativecommons.org/licenses/by/4.0/",
        rights="依法公开",
        area="https://w3id.org/budgetlod/code/area/110000",
        contact=CONTACT,
        quality=Quality(violations=0, warnings=3, unmapped=1),
    )
    return replace(made, **changes)  # type: ignore[arg-type]

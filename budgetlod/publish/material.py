"""What the outputs of one disclosure are made from; what several of them need is made once, when the first one asks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from budgetlod.publish import tables
from budgetlod.publish.csvw import code_file
from budgetlod.publish.datapackage import Package
from budgetlod.publish.figures import CODED, Code, Figure, codes, figures
from budgetlod.publish.item import PublishedDisclosure
from budgetlod.publish.lookup import Lookup


class Material:
    """A disclosure, its graph as N-Triples and as a dictionary, the JSON-LD context, and the tables of its figures."""

    def __init__(self, item: PublishedDisclosure, ntriples: bytes, graph: Lookup, context: Mapping[str, Any]) -> None:
        self.item = item
        self.ntriples = ntriples
        self.graph = graph
        self.context = context

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures of the disclosure."""
        return figures(self.graph)

    @cached_property
    def codes(self) -> list[Code]:
        """The codes, organizations and projects that the figures use."""
        return codes(self.graph, self.figures)

    @cached_property
    def observations(self) -> bytes:
        """The content of ``observations.csv``."""
        return tables.observations_csv(self.figures)

    @cached_property
    def code_tables(self) -> dict[str, bytes]:
        """The content of the tables of codes, by path."""
        return {code_file(name): tables.codes_csv(self.codes, name) for name in CODED}

    @cached_property
    def cells(self) -> bytes:
        """The content of ``cells.csv``."""
        return tables.cells_csv(self.graph)

    @cached_property
    def about(self) -> dict[str, Any]:
        """What CSVW metadata says of the disclosure."""
        item = self.item
        titles = [
            {"@value": text, "@language": language}
            for text, language in ((item.title_zh, "zh"), (item.title_en, "en"))
            if text
        ]
        links = {"dc:publisher": item.publisher.iri, "dc:license": item.licence, "dc:source": self._source}
        return {"dc:title": titles, **{name: {"@id": target} for name, target in links.items() if target}}

    @cached_property
    def package(self) -> Package:
        """What a data package says of the disclosure."""
        item = self.item
        return Package(
            name=item.folder.removeprefix("dataset/").replace("/", "-"),
            iri=item.iri,
            title_zh=item.title_zh,
            title_en=item.title_en,
            description_zh=item.description_zh,
            description_en=item.description_en,
            years=(item.fiscal_year, item.fiscal_year),
            licence=item.licence,
            publisher=item.publisher.name_zh,
            source=self._source,
        )

    @property
    def _source(self) -> str:
        item = self.item
        return item.original_page or (f"{item.iri}/{item.source_file}" if item.source_file else "")

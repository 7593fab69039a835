"""Where the figures of a disclosure are printed: every cell and sentence, in words, with its places in the source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from budgetlod.publish.addresses import link, page_of
from budgetlod.publish.labels import RowLabels
from budgetlod.publish.lookup import Lookup
from budgetlod.publish.site.naming import Names, Place
from budgetlod.publish.site.sums import Sums
from budgetlod.publish.site.vocabulary import Text
from budgetlod.publish.stages import Disclosed
from budgetlod.rdf.names import BLOD, QB, RDFS, SKOS

_KINDS = ("Cell", "Mention", "TextCell")


class Evidence(NamedTuple):
    """One place that prints something: where in words, the text as printed, the amount it states (in yuan)."""

    iri: str
    where: Text
    printed: str
    amount: Decimal | None
    places: tuple[Place, ...]


class Links(dict[str, str]):
    """Addresses of IRIs as seen from one page, made when first asked for; the IRI itself where no page of ours answers."""

    def __init__(self, path: str, base: str) -> None:
        super().__init__()
        self._path, self._base = path, base

    def __missing__(self, iri: str) -> str:  # noqa: D105 - the hook of dict
        there = page_of(iri, self._base)
        found = self[iri] = link(self._path, there) if there else iri
        return found


class Facts:
    """What the pages of one disclosure have in common, each part made when first asked for."""

    def __init__(self, graph: Lookup, base: str, sources: Collection[str]) -> None:
        self.graph = graph
        self.names = Names(graph, base, sources)
        self.sums = Sums(graph)
        self.labels = RowLabels(graph)
        self._said: dict[str, Evidence] = {}
        self._base = base
        self._links: dict[str, Links] = {}

    def links(self, folder: str) -> Links:
        """Return the addresses of things from the pages whose folders are in ``folder``: all of them lie equally deep."""
        if folder not in self._links:
            self._links[folder] = Links(f"{folder}/-/index.html", self._base)
        return self._links[folder]

    @cached_property
    def by_subject(self) -> dict[str, list[str]]:
        """The evidence (IRIs) of each figure or other thing, tables first, in the order of the document."""
        found: dict[str, list[str]] = defaultdict(list)
        for kind in _KINDS:
            for iri in self.graph.members(BLOD + kind):
                for subject in self.graph.texts(iri, BLOD + "states"):
                    found[subject].append(iri)
        return {subject: sorted(set(iris), key=self._order) for subject, iris in found.items()}

    @cached_property
    def figures(self) -> list[str]:
        """All figures, in the order of the graph."""
        return self.graph.members(QB + "Observation")

    def evidence(self, iri: str) -> Evidence:
        """Return one piece of evidence."""
        found = self._said.get(iri)
        if found is None:
            amount = self.graph.text(iri, BLOD + "statedAmount")
            found = self._said[iri] = Evidence(
                iri,
                self._where(iri),
                self.graph.text(iri, BLOD + "printed"),
                Decimal(amount) if amount else None,
                tuple(self.names.places(iri)),
            )
        return found

    def statement_name(self, statement: str) -> Text:
        """Return what a table is called: its place among the tables, and its printed title."""
        title = self.graph.text(statement, RDFS + "label")
        order = self.graph.text(statement, BLOD + "order")
        return Text(f"表{order} {title}", f"table {order} {title}")

    def _where(self, iri: str) -> Text:
        graph = self.graph
        statement = graph.text(iri, BLOD + "inStatement")
        if not statement:
            section = graph.text(graph.text(iri, BLOD + "inSection"), RDFS + "label")
            return Text(f"正文“{section}”" if section else "正文", f"text, “{section}”" if section else "text")
        row, column = graph.text(iri, BLOD + "inRow"), graph.text(iri, BLOD + "inColumn")
        number = graph.text(row, BLOD + "order")
        said = [part for part in (self._row_words(row, column), graph.text(column, BLOD + "label")) if part]
        name = self.statement_name(statement)
        return Text(
            " · ".join([name.zh, f"第{number}行", *said]),
            " · ".join([name.en, f"row {number}", *said]),
        )

    def _row_words(self, row: str, column: str) -> str:
        return " ".join(filter(None, (self.graph.text(row, SKOS + "notation"), self.labels.label(row, column))))

    def _order(self, iri: str) -> tuple[int, int, int, str]:
        graph = self.graph
        statement = graph.text(iri, BLOD + "inStatement")
        if not statement:
            return 1, graph.number(iri, BLOD + "order"), 0, iri
        row = graph.number(graph.text(iri, BLOD + "inRow"), BLOD + "order")
        return 0, graph.number(statement, BLOD + "order"), row, iri


def facts_of(one: Disclosed) -> Facts:
    """Return the facts of a disclosure; the features that show it one after the other share them."""
    item = one.material.item
    pages = (
        {f"{item.folder}/source/index.html"} if item.source_media_type == "text/plain" and item.source_bytes else set()
    )
    files = {f"{item.folder}/{file}" for file in (item.source_file, *(copy.file for copy in item.more_sources))}
    return _facts(one.material.graph, one.settings.base, frozenset(files | pages))


@lru_cache(maxsize=1)
def _facts(graph: Lookup, base: str, sources: frozenset[str]) -> Facts:
    return Facts(graph, base, sources)

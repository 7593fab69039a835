"""Time in the browser and weight of the query page: ``python -m benchmarks.query_page [--disclosures 25]``.

Publishes the example, then synthetic disclosures (:mod:`benchmarks.synthetic`), and opens the query page in headless
Chromium, from a local server and as a file, as a new visitor each time. *Ready* is from the request of the page to the
answer of its first example, *query* the time of a query inside the engine as the page shows it: medians of the rounds.
Needs Chromium and the development dependencies.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.synthetic import Generator
from budgetlod.publish.item import Publisher
from budgetlod.publish.publication import PublicationSettings, PublishedDisclosure, publish
from tests.browser import Browser, View, address, running, served

DONE = "document.querySelector('#app').getAttribute('aria-busy') === 'false'"
GROUPED = """SELECT ?function (COUNT(*) AS ?figures) (SUM(?amount) AS ?sum)
WHERE { ?figure a qb:Observation ; blod:function ?function ; blod:amount ?amount }
GROUP BY ?function ORDER BY DESC(?sum)"""


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--disclosures", type=int, default=25)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, running() as browser:
        folder = Path(home) / "public"
        publish(items(options.disclosures), folder, PublicationSettings())
        print(f"{weight(folder)}\n")  # noqa: T201
        print("| opened | loaded | triples | ready, s | first example, ms | GROUP BY, ms |\n|---|---|--:|--:|--:|--:|")  # noqa: T201
        with served(folder) as site:
            for way, page in (
                ("server", f"{site}query/index.en.html"),
                ("file", address(folder / "query/index.en.html")),
            ):
                for data in ("", "all"):
                    measured = [measure(browser, page, data) for _ in range(options.rounds)]
                    triples = measured[0][0]
                    ready, first, grouped = (median(values) for values in list(zip(*measured, strict=True))[1:])
                    row = (way, data or "one", f"{triples:,}", f"{ready:.2f}", f"{first:.0f}", f"{grouped:.0f}")
                    print(f"| {' | '.join(row)} |", flush=True)  # noqa: T201


def items(count: int) -> list[PublishedDisclosure]:
    """Return synthetic disclosures, ready to be published."""
    generator = Generator.of_example()
    made = []
    for number in range(1, count + 1):
        synthetic = generator.disclosure(number, fault=False)
        subjects = (subject.strip("<>") for subject, _, value in synthetic.triples if value.endswith("cube#DataSet>"))
        iri = next(subjects)
        folder = iri.removeprefix(PublicationSettings().base)
        publisher = Publisher(PublicationSettings().base + f"organization/{folder.split('/')[1]}", synthetic.name)
        made.append(
            PublishedDisclosure(
                iri=iri, folder=folder, triples=synthetic.triples, fiscal_year=2024, title_zh=synthetic.name,
                publisher=publisher,
            )
        )  # fmt: skip
    return [replace(item, title_zh=f"{item.title_zh} {number}") for number, item in enumerate(made, 1)]


def measure(browser: Browser, page: str, data: str) -> tuple[int, float, float, float]:
    """Return triples, seconds to the first answer, milliseconds of the first example and of a GROUP BY."""
    with browser.open(page + (f"#data={data}" if data else "")) as view:
        view.page.set_default_timeout(300_000)
        view.page.wait_for_function(DONE, polling=20)
        ready = float(view.evaluate("performance.now()")) / 1000
        first = _milliseconds(view)
        view.evaluate(f"location.hash = '#data={data}&query=' + encodeURIComponent({json.dumps(GROUPED)})")
        view.page.wait_for_function("document.querySelector('#example').value === ''")
        view.page.wait_for_function(DONE)
        loaded = view.page.inner_text("#loaded").partition(" ")[0]
        return int(loaded.replace(",", "")), ready, first, _milliseconds(view)


def _milliseconds(view: View) -> float:
    return float(view.page.inner_text("#status").partition(" ")[0])


def weight(folder: Path) -> str:
    """Return the bytes of what the page loads."""
    groups: dict[str, Sequence[Path]] = {
        "page": [folder / "query/index.html"],
        "own scripts and style": sorted((folder / "assets").glob("query*")),
        "editor": sorted((folder / "assets/vendor").glob("yasqe.*")),
        "engine": sorted((folder / "assets/vendor").glob("oxigraph*")),
        "vocabulary": [folder / "query/data/vocabulary.js"],
        "one disclosure": sorted((folder / "dataset").rglob("data.nt.gz"))[:1],
        "one disclosure as a script": sorted((folder / "query/data").glob("*budget.js"))[:1],
        "all.nq.gz": [folder / "all.nq.gz"],
    }
    sizes = {name: sum(path.stat().st_size for path in paths) for name, paths in groups.items()}
    return "\n".join(f"- {name}: {size / 1000:,.0f} KB" for name, size in sizes.items())


if __name__ == "__main__":
    main()

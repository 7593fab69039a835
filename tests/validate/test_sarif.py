"""The report as SARIF 2.1.0: what the standard asks for, positions in the source, and a tool of others that reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sarif import loader

from budgetlod.validate.render import render, to_sarif
from budgetlod.validate.subject import Style, Subject
from tests.validate.samples import ABOUT, BLANK_ACCEPTED, EMPTY, FINDINGS, FULL

BASE = "file:///projects/budgets/"
ENGLISH = Style("en", base=BASE)
LOCATED = Subject(FULL, "data/x/", "source.txt")


def run(style: Style = ENGLISH) -> dict[str, Any]:
    log = json.loads(render("sarif", [LOCATED], style))
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    return dict(only)


def results() -> list[dict[str, Any]]:
    return list(run()["results"])


def locations(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from result["locations"]
    yield from result.get("relatedLocations", [])


def test_position_in_the_source() -> None:
    place, other = locations(results()[0])
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "data/x/source.txt", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 52, "endLine": 52},
    }
    assert other["physicalLocation"]["region"] == {"startLine": 53, "endLine": 54}
    assert place["message"]["text"].endswith("source line 52")
    assert (other["id"], "id" in place) == (1, False)
    assert run()["originalUriBaseIds"]["%SRCROOT%"]["uri"] == BASE


def test_a_page_is_no_line() -> None:
    _, page, _ = locations(results()[1])
    artifact = page["physicalLocation"]["artifactLocation"]
    assert artifact["uri"] == "data/x/%E9%A2%84%E7%AE%97%20%E5%85%AC%E5%BC%80.pdf"
    assert "region" not in page["physicalLocation"]
    assert page["properties"]["page"] == 3


def test_table_row_and_column_are_logical_locations() -> None:
    (cell,) = results()[0]["locations"][0]["logicalLocations"]
    known = run()["logicalLocations"]
    assert cell["fullyQualifiedName"] == "收入总表/1 合计/3 合计"
    row = known[known[cell["index"]]["parentIndex"]]
    assert (row["name"], row["kind"]) == ("1 合计", "row")
    assert (known[row["parentIndex"]]["name"], known[row["parentIndex"]]["kind"]) == ("收入总表", "table")
    assert [one["index"] for one in known] == list(range(len(known)))
    assert "parentIndex" not in known[0]
    kept = {one["fullyQualifiedName"] for one in known}
    assert all(
        one["fullyQualifiedName"] in kept
        for r in results()
        for p in locations(r)
        for one in p.get("logicalLocations", [])
    )


def test_rules_are_described_in_both_languages_and_met_by_index() -> None:
    rules = run()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["A01", "A46", "TableHasLabel", "Q03", "accepted-without-finding"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results())
    assert rules[0]["properties"]["shapes"] == ["https://w3id.org/budgetlod/shape/RollUp"]
    assert rules[0]["helpUri"] == "https://w3id.org/budgetlod/shape/RollUp"
    for rule in rules:
        zh, _, en = rule["help"]["text"].partition("\n\n")
        assert any("\u4e00" <= character <= "\u9fff" for character in zh)
        assert en.isascii()
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"] == en
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == [
        "error",
        "warning",
        "note",
        "warning",
        "warning",
    ]


def test_messages_in_the_language_asked_for_and_the_other_beside() -> None:
    chinese = run(Style("zh"))
    assert (chinese["language"], run()["language"]) == ("zh-CN", "en")
    for zh, en in zip(chinese["results"], run()["results"], strict=True):
        assert zh["message"]["text"] == en["properties"]["zh"]
        assert en["message"]["text"] == zh["properties"]["en"]


def test_what_was_accepted_is_suppressed() -> None:
    suppressions = [result["suppressions"] for result in results()]
    accepted = {"kind": "external", "status": "accepted", "justification": BLANK_ACCEPTED.reason}
    assert suppressions == [[], [accepted], [], [], []]


def test_an_acceptance_without_a_finding_is_a_warning_on_the_notes() -> None:
    stale = results()[-1]
    assert (stale["ruleId"], stale["level"]) == ("accepted-without-finding", "warning")
    assert stale["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "data/x/source.toml"


def test_what_the_reader_found_stands_at_its_line() -> None:
    (problem,) = (result for result in results() if result["ruleId"] == "Q03")
    assert problem["locations"][0]["physicalLocation"]["region"] == {"startLine": 7, "endLine": 7}
    assert problem["message"]["text"] == "a row is cut [look at the layout]"


def test_fingerprints_are_the_keys() -> None:
    assert [r["partialFingerprints"]["budgetlod/v1"] for r in results()[:3]] == [f.key for f in FINDINGS]


def test_the_same_bytes_without_a_machine_in_them() -> None:
    assert to_sarif(FULL) == to_sarif(FULL)
    assert "file:" not in to_sarif(FULL)
    assert "uri" not in json.loads(to_sarif(FULL))["runs"][0]["originalUriBaseIds"]["%SRCROOT%"]


def test_a_run_for_each_report() -> None:
    log = json.loads(render("sarif", [LOCATED, Subject(EMPTY)], Style()))
    assert [one["automationDetails"]["id"] for one in log["runs"]] == [f"budgetlod/{ABOUT}/", "budgetlod/graph/"]
    assert log["runs"][1]["results"] == []


def test_sarif_tools_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "report.sarif"
    file.write_text(render("sarif", [LOCATED], ENGLISH), encoding="utf-8")
    read = loader.load_sarif_file(str(file))
    assert read.get_distinct_tool_names() == ["budgetlod"]
    read.init_default_line_number_1()
    seen = [(r["Severity"], r["Code"], r["Location"].rpartition("/")[2], int(r["Line"])) for r in read.get_records()]
    assert sorted(seen) == [
        ("error", "A01", "source.txt", 52),
        ("note", "TableHasLabel", "source.txt", 1),
        ("warning", "A46", "source.txt", 1),
        ("warning", "Q03", "source.txt", 7),
        ("warning", "accepted-without-finding", "source.toml", 1),
    ]

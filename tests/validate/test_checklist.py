"""The review form: what answers its lines, which line lists a finding, and that a workbook says the same."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pyoxigraph
import pytest
from rdflib import Graph, Literal, URIRef

from budgetlod.core.resources import resource
from budgetlod.rdf.names import BLOD, CODE, DCTERMS, RDF, RDFS, XSD
from budgetlod.validate.checklist import ANSWERS, Answer, Form, fill_in, items
from budgetlod.validate.checklist_forms import cell, sentence, to_page, to_workbook
from budgetlod.validate.data import Data
from budgetlod.validate.report import Report
from budgetlod.validate.shapes import families
from budgetlod.validate.subject import Subject
from tests.validate.samples import ABOUT, BALANCE, BLANK, CELL, LABEL, PROBLEM, ROLL_UP, finding, report, result

HOME = URIRef(ABOUT)


def graph(*, sections: tuple[str, ...] = (), tables: tuple[str, ...] = (), unrecognised: int | None = 0) -> Graph:
    """A disclosure that has sections and tables of these types."""
    made = Graph()
    made.add((HOME, URIRef(RDF + "type"), URIRef(BLOD + "Disclosure")))
    made.add((HOME, URIRef(RDFS + "label"), Literal("某局2030年部门预算", lang="zh")))
    made.add((HOME, URIRef(RDFS + "label"), Literal("Some Bureau: budget 2030", lang="en")))
    if unrecognised is not None:
        made.add((HOME, URIRef(BLOD + "unrecognisedTables"), Literal(unrecognised)))
    for kind, name, types in (("Section", "section", sections), ("Statement", "statement", tables)):
        for one in types:
            node = URIRef(f"{ABOUT}/{name}/{one}")
            made.add((node, URIRef(RDF + "type"), URIRef(BLOD + kind)))
            made.add((node, URIRef(f"{BLOD}{name}Type"), URIRef(f"{CODE}{name}/{one}")))
    return made


def form(data: Graph, found: Report | None = None) -> Form:
    return fill_in(Subject(found or report(), data=Data.of_graph(data)))


def answers(made: Form) -> dict[str, Answer]:
    return {line.item.id: line.answer for line in made.lines}


# --- the lines ----------------------------------------------------------------------------------------------------------


def codes(name: str) -> set[str]:
    """The notations of a code list of ours."""
    scheme = pyoxigraph.NamedNode(f"{CODE}{name}")
    parsed = [t for path in sorted(resource("ontology").glob("*.ttl")) for t in pyoxigraph.parse(path=str(path))]
    return {
        t.subject.value.rpartition("/")[2]
        for t in parsed
        if t.predicate.value.endswith("#inScheme")
        and t.object == scheme
        and isinstance(t.subject, pyoxigraph.NamedNode)
    }


def test_lines_name_what_there_is() -> None:
    assert len({item.id for item in items()}) == len(items())
    named = {
        name: {one for item in items() for one in getattr(item, name)} for name in ("section", "statement", "needs")
    }
    assert named["section"] <= codes("section")
    assert named["statement"] | named["needs"] <= codes("statement")
    known = set(families())
    assert {name for item in items() for name in (*item.checks, *item.families)} <= known


def test_every_family_of_shapes_has_a_line() -> None:
    named = [name for item in items() for name in item.families]
    assert sorted(named) == sorted(set(families()) - {"prefixes"})


def test_no_rule_stands_in_two_lines() -> None:
    rules = [rule for item in items() for rule in item.rules]
    assert len(rules) == len(set(rules))


# --- answers ------------------------------------------------------------------------------------------------------------


def test_what_is_there_is_there() -> None:
    found = answers(form(graph(sections=("duties", "glossary"), tables=("income",))))
    assert (found["duties"], found["glossary"], found["income"]) == ("yes", "yes", "yes")


def test_what_is_missing_among_known_parts_is_missing() -> None:
    found = answers(form(graph(sections=("duties",), tables=("income",))))
    assert (found["overview"], found["balance"]) == ("no", "no")


@pytest.mark.parametrize("unrecognised", [1, None])
def test_a_table_may_be_one_that_is_not_recognised(unrecognised: int | None) -> None:
    found = answers(form(graph(sections=("duties",), tables=("income",), unrecognised=unrecognised)))
    assert found["balance"] == "unknown"
    assert found["overview"] == "no"


def test_a_title_without_its_table_leaves_the_question_open() -> None:
    data = graph(tables=("income",))
    data.add((HOME, URIRef(BLOD + "titleWithoutTable"), URIRef(CODE + "statement/balance")))
    assert answers(form(data))["balance"] == "unknown"


def test_sections_of_no_known_kind_leave_the_question_open() -> None:
    assert answers(form(graph(sections=("other",))))["duties"] == "unknown"


def test_what_a_section_covers_counts() -> None:
    data = graph(sections=("duties",))
    data.add((HOME, URIRef(BLOD + "covers"), URIRef(CODE + "section/institutions")))
    assert answers(form(data))["institutions"] == "yes"


def test_not_every_department_has_projects() -> None:
    assert answers(form(graph(sections=("duties",), tables=("income",))))["projects"] == "unknown"


def test_the_cover_cannot_be_told() -> None:
    assert answers(form(graph(sections=("duties",), tables=("income",))))["cover"] == "unknown"


@pytest.mark.parametrize(("contents", "answer"), [("收入总表", "yes"), ("", "unknown")])
def test_contents(contents: str, answer: Answer) -> None:
    data = graph()
    if contents:
        data.add((HOME, URIRef(DCTERMS + "tableOfContents"), Literal(contents)))
    assert answers(form(data))["contents"] == answer


@pytest.mark.parametrize(
    ("approved", "issued", "answer"),
    [
        ("2030-01-31", "2030-02-20", "yes"),
        ("2030-01-31", "2030-02-21", "no"),
        ("2030-01-31", "2030", "unknown"),
        ("", "2030-02-20", "unknown"),
    ],
)
def test_days_between_two_dates(approved: str, issued: str, answer: Answer) -> None:
    data = graph()
    for name, day in (("dateAccepted", approved), ("issued", issued)):
        if day:
            data.add((HOME, URIRef(DCTERMS + name), Literal(day, datatype=URIRef(XSD + "string"))))
    made = form(data)
    assert answers(made)["timeliness"] == answer
    assert made.issued == issued


def test_figures_agree_unless_a_rule_says_otherwise() -> None:
    data = graph(tables=("balance", "income"))
    accepted = replace(finding(1, ROLL_UP), accepted="四舍五入")
    cases = {
        "no": report(finding(1, ROLL_UP)),
        "unknown": report(finding(1, BLANK)),
        "yes": replace(report(finding(1, ROLL_UP)), findings=(accepted,)),
    }
    assert {name: answers(form(data, found))["figures"] for name, found in cases.items()} == {k: k for k in cases}
    assert answers(form(graph()))["figures"] == "unknown"


# --- findings in their lines ------------------------------------------------------------------------------------------------


def listed(made: Form) -> dict[str, list[str]]:
    return {line.item.id: [issue.rules for issue in line.issues] for line in made.lines if line.issues}


def test_a_finding_stands_at_its_rule_its_table_its_family_or_at_the_end() -> None:
    data = graph(tables=("income",))
    data.add((URIRef(CELL.iri), URIRef(BLOD + "inStatement"), URIRef(CELL.statement)))
    named = result("ContentsInOrder", "warning", "S02", places=(CELL,), family="completeness")
    found = report(finding(1, named), finding(2, ROLL_UP), finding(3, BALANCE, places=()), finding(4, LABEL))
    bare = replace(found.findings[2], places=())
    found = replace(found, findings=(*found.findings[:2], bare, found.findings[3]))
    assert listed(form(data, replace(found, problems=()))) == {
        "contents": ["S02"], "income": ["A01"], "figures": ["A05"], "other": ["TableHasLabel"],
    }  # fmt: skip


def test_what_the_reader_met_is_listed() -> None:
    made = form(graph(), report())
    line = made.lines[-1]
    assert [(issue.severity, issue.rules, issue.text.zh) for issue in line.issues] == [
        ("warning", PROBLEM.rule, "line 7: 一行被分到两页 [核对版式]")
    ]
    assert made.faults == 1


def test_accepted_and_light_findings_are_no_faults() -> None:
    found = report(finding(1, ROLL_UP), finding(2, LABEL))
    found = replace(found, findings=(replace(found.findings[0], accepted="四舍五入"), found.findings[1]), problems=())
    made = form(graph(), found)
    assert made.faults == 0
    texts = [sentence(issue, "zh") for line in made.lines for issue in line.issues]
    assert texts[0] == f"【错误 A01】第1个问题，请更正（{CELL.zh}）（已接受：四舍五入）"


# --- the two shapes of the form --------------------------------------------------------------------------------------------

FOUND = report(finding(1, ROLL_UP), finding(2, BLANK), finding(3, LABEL))


@pytest.fixture(scope="module")
def filled() -> Form:
    return form(graph(sections=("duties",), tables=("income", "balance")), FOUND)


def rows(content: bytes, sheet: int) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in book.worksheets[sheet].iter_rows(values_only=True)]


def test_a_workbook_of_one_disclosure(filled: Form) -> None:
    read = rows(to_workbook([filled], "zh"), 0)
    assert read[0][0] == "部门预算公开情况检查表"
    assert read[1][0] == "某局2030年部门预算"
    assert read[3][:5] == ["序号", "检查项目", "检查内容", "结果", "问题数"]
    for number, (line, row) in enumerate(zip(filled.lines, read[4:], strict=True), 1):
        texts = "\n".join(sentence(issue, "zh") for issue in line.issues)
        assert row[:5] == [number, line.item.name.zh, line.item.question.zh, ANSWERS[line.answer].zh, line.faults]
        assert (row[5] or "") == texts


def test_a_workbook_of_several_is_a_matrix(filled: Form) -> None:
    read = rows(to_workbook([filled, filled], "en"), 0)
    assert read[3] == ["disclosure", "faults", *(item.name.en for item in items())]
    assert read[4] == ["Some Bureau: budget 2030", filled.faults, *(cell(line, "en") for line in filled.lines)]
    assert len(read) == 6


def test_all_findings_have_a_sheet(filled: Form) -> None:
    read = rows(to_workbook([filled], "zh"), 1)
    issues = [(line.item, issue) for line in filled.lines for issue in line.issues]
    assert [row[:5] for row in read[1:]] == [
        [filled.title.zh, item.name.zh, issue.weight.zh, issue.rules, issue.text.zh] for item, issue in issues
    ]


def test_same_form_same_bytes(filled: Form) -> None:
    assert to_workbook([filled], "zh") == to_workbook([filled], "zh")
    assert to_page([filled], "zh") == to_page([filled], "zh")


def test_text_of_a_document_is_neither_formula_nor_markup(filled: Form) -> None:
    evil = replace(filled.title, zh='=HYPERLINK("http://example.org")<script>')
    made = filled._replace(title=evil)
    read = openpyxl.load_workbook(io.BytesIO(to_workbook([made], "zh"))).worksheets[0]["A2"]
    assert (read.data_type, read.value) == ("s", evil.zh)
    assert "<script>" not in to_page([made], "zh")


def test_a_page_of_one_and_of_several(filled: Form) -> None:
    single, several = to_page([filled], "zh"), to_page([filled, filled], "en")
    assert 'class="matrix"' not in single
    assert several.count('class="form"') == 2
    assert "Some Bureau: budget 2030" in several
    assert "无法判断" in single
    assert 'id="f2-income"' in several


def test_a_form_needs_the_data() -> None:
    with pytest.raises(ValueError, match="from the data"):
        fill_in(Subject(FOUND))

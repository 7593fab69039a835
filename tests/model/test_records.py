"""The records: codes and how they add up, places, problems, words and what they mean where."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgetlod.model.codes import ALL, Code, CodeList
from budgetlod.model.cube import Point
from budgetlod.model.document import Grid, GridRow, Paragraph, Place, TextLine
from budgetlod.model.lexicon import Meaning
from budgetlod.model.problem import BadInput, Problem
from budgetlod.model.tables import Row, Statement
from budgetlod.rdf.lexicon import load_lexicon

SOURCE = CodeList(
    "source",
    {
        ALL: Code(ALL, complete=True),
        "fiscal": Code("fiscal", broader=(ALL,), complete=True),
        "fund": Code("fund", broader=("fiscal",)),
        "marked": Code("marked", broader=("fund",), of_which=True),
        "both": Code("both", broader=("fiscal", ALL)),
    },
    {"基金": ("fund", "both")},
)


def test_steps_lead_up_nearest_first_and_tell_what_adds_up() -> None:
    assert list(SOURCE.steps("fund")) == [("fiscal", 1, True), (ALL, 2, True)]
    assert list(SOURCE.steps("marked")) == [("fund", 1, False), ("fiscal", 2, False), (ALL, 3, False)]
    assert list(SOURCE.steps("both")) == [("fiscal", 1, True), (ALL, 1, True)]
    assert list(SOURCE.steps(ALL)) == []


def test_a_code_that_the_list_lacks_hangs_by_its_prefix() -> None:
    function = load_lexicon().codes("function")
    assert function.broader("2010399") == ("20103",) or "2010399" in function.codes
    assert CodeList("x", {ALL: Code(ALL)}).broader("2019901") == ("20199",)
    assert CodeList("x", {ALL: Code(ALL)}).broader("299") == (ALL,)
    assert CodeList("x", {}).broader("299") == ()


def test_classes_of_procurement_hang_by_their_zeros() -> None:
    codes = CodeList("x", {"A": Code("A"), "A05040000": Code("A05040000", broader=("A05000000",))})
    assert [step[0] for step in codes.steps("A05040101")] == ["A05040100", "A05040000", "A05000000", "A"]
    assert codes.ends_above("A05040101")
    assert not codes.ends_above("B05040101")
    assert not CodeList("x", {**codes.codes, "A05040200": Code("A05040200", broader=("A05040000",))}).ends_above(
        "A05040101"
    )


def test_the_first_code_of_a_name_is_found() -> None:
    assert SOURCE.find("基金") == "fund"
    assert SOURCE.find("无此名") is None


@pytest.mark.parametrize(
    ("place", "fragment", "en", "zh"),
    [(Place(line=12), "line=11,12", "line 12", "第12行"), (Place(page=3, line=4), "page=3", "page 3", "第3页"), (Place(), "", "line 0", "第0行")],
)  # fmt: skip
def test_places(place: Place, fragment: str, en: str, zh: str) -> None:
    assert (place.fragment(), place.words(), place.words("zh")) == (fragment, en, zh)


def test_a_paragraph_knows_the_line_of_each_character() -> None:
    paragraph = Paragraph((TextLine("收支", Place(line=4)), TextLine("总表", Place(line=5))))
    assert paragraph.text == "收支总表"
    assert [paragraph.place_at(n).line for n in range(5)] == [4, 4, 5, 5, 5]


def test_a_grid_is_as_wide_as_its_widest_row() -> None:
    grid = Grid((GridRow(("a",), Place(line=1)), GridRow(("a", "b"), Place(line=2))))
    assert (grid.width, grid.place) == (2, Place(line=1))


def test_statements_have_keys_and_count_what_was_rejoined() -> None:
    rows = (Row(1, (), (), (Place(line=1),)), Row(2, (), (), (Place(line=2), Place(line=9))))
    statement = Statement("income", 0, 1, "", "cny-10k", Decimal(100), (), rows, (), Place())
    assert (statement.key, statement.rejoined) == ("income", 1)


def test_problems_speak_two_languages_and_say_where_and_what_to_do() -> None:
    problem = Problem("x", "error", "错了", "wrong", "改正", "mend it", "a.txt", "line 3")
    assert problem.text("zh") == "a.txt: line 3: 错了 [改正]"
    assert problem.text() == "a.txt: line 3: wrong [mend it]"
    assert BadInput(problem).problems == (problem,)
    assert str(BadInput([problem, problem])) == f"{problem.text()}\n{problem.text()}"


def test_words_mean_something_only_where_they_are_used_so() -> None:
    meaning = Meaning("m", (("vintage", "carried"),), frozenset({"row"}), (("flow", "revenue"),))
    assert meaning.fits("row", {"flow": "revenue"})
    assert not meaning.fits("row", {"flow": "expenditure"})
    assert not meaning.fits("prose", {"flow": "revenue"})


def test_of_codes_with_one_name_the_class_is_meant() -> None:
    found = load_lexicon().find("其他支出", "row", {}, ("function",))
    assert found is not None
    assert found.sets == (("function", "229"),)


def test_points_move_along_dimensions() -> None:
    point = Point(fiscalYear=2031, flow="revenue")
    assert point.moved({"source": "fiscal"}) == point._replace(source="fiscal")
    assert point.code("flow") == "revenue"

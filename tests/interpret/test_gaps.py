"""What rows lack: skipped running numbers, codes that do not ascend, rows of the codes above."""

from __future__ import annotations

from budgetlod.interpret.gaps import missing_numbers, with_missing_parents, with_order
from budgetlod.model.document import Place
from budgetlod.model.tables import Entry, Row
from budgetlod.rdf.lexicon import load_lexicon


def rows(*codes: str) -> tuple[Row, ...]:
    place = Place(line=1)
    return tuple(Row(n, (), (code,), (place,), (Entry("function", "", code),)) for n, code in enumerate(codes, 1))


def lacking(*codes: str) -> list[str]:
    return [row.entries[0].lacking for row in with_missing_parents(rows(*codes), load_lexicon())]


def test_a_skipped_number_is_missing_before_the_next() -> None:
    assert missing_numbers({1: "1", 2: "2", 3: "4"}) == {3: 3}
    assert missing_numbers({1: "1", 2: "", 3: "2"}) == {}
    assert missing_numbers({1: "1", 2: "1\n0", 3: "２"}) == {2: 9}


def test_numbers_that_begin_again_or_late_lack_nothing() -> None:
    assert missing_numbers({1: "1", 2: "2", 3: "1", 4: "2"}) == {}
    assert missing_numbers({1: "7", 2: "9"}) == {}
    assert missing_numbers({1: "一", 2: "三"}) == {}


def test_codes_in_order_ascend_from_row_to_row() -> None:
    found = with_order(rows("205", "20502", "2050202", "2050201", "2050201", "208"))
    assert [row.descends for row in found] == [False, False, False, True, True, False]
    assert list(with_order(())) == []


def test_a_parent_is_lacking_where_others_of_its_level_are_printed() -> None:
    assert lacking("205", "20502", "2050201", "2050302") == ["", "", "", "20503"]
    assert lacking("2050201", "2050302") == ["", ""]
    assert lacking("205", "2050201") == ["", ""]

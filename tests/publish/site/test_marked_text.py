"""Mentions in prose: found in their order, across white space, each once; what is not there is said."""

from __future__ import annotations

from budgetlod.publish.site.marked_text import Mark, marked


def flat(
    text: str, *marks: Mark, anchors: tuple[Mark, ...] = ()
) -> tuple[list[list[tuple[str, str, tuple[str, ...]]]], list[str]]:
    paragraphs, missing = marked(text, marks, anchors)
    return [
        [(piece.text, piece.mark.iri if piece.mark else "", tuple(piece.anchors)) for piece in paragraph]
        for paragraph in paragraphs
    ], [mark.iri for mark in missing]


def test_equal_numbers_are_told_apart_by_their_order() -> None:
    found, missing = flat("收入 5 万元，支出 5万元。", Mark("5万元", "m1", "f1"), Mark("5 万元", "m2", "f2"))
    assert found == [
        [("收入 ", "", ()), ("5 万元", "m1", ()), ("，支出 ", "", ()), ("5万元", "m2", ()), ("。", "", ())]
    ]
    assert missing == []


def test_a_mention_may_go_over_a_line_break_and_paragraphs_end_at_others() -> None:
    found, _ = flat("共 9\n个。\n\n完", Mark("9个", "m1", "f1"))
    assert found == [[("共 ", "", ()), ("9\n个", "m1", ()), ("。", "", ())], [("完", "", ())]]


def test_anchors_stand_before_what_they_name_even_inside_a_mention() -> None:
    found, missing = flat(
        "增加 5 万元，因为退休。", Mark("5 万元", "m", "f"), anchors=(Mark("因为退休", "r"), Mark("没有", "x"))
    )
    assert found == [[("增加 ", "", ()), ("5 万元", "m", ()), ("，", "", ()), ("因为退休。", "", ("r",))]]
    assert missing == ["x"]


def test_a_mention_inside_another_is_not_marked_twice() -> None:
    found, missing = flat("4.44万元", Mark("4.44万元", "m1", "f"), Mark("4万元", "m2", "f"), Mark("44万元", "m3", "f"))
    assert found == [[("4.44万元", "m1", ())]]
    assert missing == ["m2", "m3"]

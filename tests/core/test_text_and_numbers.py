"""Cleaning of text and numbers: what is read back is what was printed, whatever the printing did to it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budgetlod.core.errors import ResourceMissing
from budgetlod.core.numbers import decimals, in_yuan, parse_number, plain
from budgetlod.core.resources import resource
from budgetlod.core.text import chinese_number, fold, label_key, squeeze, tidy
from tests.interpret.synthetic import numeral

amounts = st.decimals(min_value=0, max_value=10**12, allow_nan=False, places=2)
spaces = st.sampled_from(["", " ", "\n", "\t", "\u3000", "\u00a0", "\u200b", "\ufeff"])
labels = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=12)
WIDE = str.maketrans("0123456789,.-()", "０１２３４５６７８９，．－（）")


@given(value=amounts, thousands=st.booleans(), wide=st.booleans(), blanks=st.lists(spaces, min_size=40, max_size=40))
def test_a_printed_number_is_read_back(value: Decimal, thousands: bool, wide: bool, blanks: list[str]) -> None:
    text = f"{value:,.2f}" if thousands else f"{value:.2f}"
    printed = "".join(a + b for a, b in zip(text, blanks, strict=False))
    assert parse_number(printed.translate(WIDE) if wide else printed) == value


@given(value=amounts, form=st.sampled_from(["-{}", "−{}", "－{}", "({})", "（{}）"]))
def test_a_negative_number_is_read_back(value: Decimal, form: str) -> None:
    assert parse_number(form.format(f"{value:.2f}")) == -value


@given(value=amounts, place=st.integers(min_value=0, max_value=14))
def test_a_number_cut_in_two_is_read_when_joined(value: Decimal, place: int) -> None:
    text = f"{value:.2f}"
    assert parse_number(text[:place] + "\n" + text[place:]) == value


@pytest.mark.parametrize(
    "text", ["", " ", "-", "12.", ".5", "1,23", "12%", "1.2.3", "①", "10²", "12万元", "2024年", "A1", "1e5", "0x1F", "NaN", "١٢", "()"]
)  # fmt: skip
def test_other_text_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(value=amounts, power=st.integers(min_value=0, max_value=8))
def test_yuan_are_exact_with_two_decimals_at_least(value: Decimal, power: int) -> None:
    factor = Decimal(10) ** power
    assert in_yuan(value, factor) == value * factor
    assert decimals(in_yuan(value, factor)) == 2
    assert in_yuan(Decimal("1.234567"), Decimal(1)) == Decimal("1.234567")


@given(value=amounts)
def test_plain_numbers_have_no_exponent_and_no_zeros_at_the_end(value: Decimal) -> None:
    assert plain(value) == value
    assert "E" not in str(plain(value))
    assert not (decimals(plain(value)) and str(plain(value)).endswith("0"))


@pytest.mark.parametrize(("text", "digits"), [("1", 0), ("1.0", 1), ("1.25", 2), ("1E+2", 0)])
def test_printed_decimals_are_counted(text: str, digits: int) -> None:
    assert decimals(Decimal(text)) == digits


# --- labels ---------------------------------------------------------------------------------------------------------------

NUMBERING = ["", "一、", "二十一、", "（三）", "(三)", "3.", "3、", "（3）", "其中：", "其中:", "加：", "①", "**", "- "]


@given(label=labels, before=st.sampled_from(NUMBERING), blanks=st.lists(spaces, min_size=12, max_size=12))
def test_numbering_and_white_space_are_no_part_of_a_label(label: str, before: str, blanks: list[str]) -> None:
    assume(label[0] not in "一二三四五六七八九十百" and not label.startswith(("其中", "加", "减", "注")))
    printed = before + "".join(a + b for a, b in zip(label, blanks, strict=False))
    assert label_key(printed) == label_key(label)


@given(text=st.text(st.sampled_from("甲乙支出　（）()：:、 \u200b１2３“”*.…ａB\n"), max_size=30))
def test_a_key_is_its_own_key(text: str) -> None:
    key = label_key(text)
    assert squeeze(key) == key
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("三、公务接待费（万元）", "公务接待费"),
        ("“三公”经费 小计", "三公经费小计"),
        ("价值（金额单位：万元）", "价值"),
        ("其中：教学\n科研人员因公 出国（境）费", "教学科研人员因公出国(境)费"),
        ("绩效指标:", "绩效指标"),
        ("2.5万元以上设备", "2.5万元以上设备"),
        ("一般公共预算", "一般公共预算"),
    ],
)
def test_label_keys(printed: str, key: str) -> None:
    assert label_key(printed) == key


def test_tidy_keeps_words_apart_and_drops_what_is_invisible() -> None:
    assert tidy("  a \n\t b\u200bc ") == "a bc"


@given(number=st.integers(min_value=1, max_value=99))
def test_chinese_numbers_are_read_back(number: int) -> None:
    assert chinese_number(numeral(number)) == number


@pytest.mark.parametrize("text", ["", "百", "一百", "甲", "12", "十十一"])
def test_what_is_no_chinese_number_below_a_hundred(text: str) -> None:
    assert chinese_number(text) is None


def test_resources_come_through_one_door() -> None:
    assert (resource("ontology") / "ontology.ttl").is_file()
    with pytest.raises(ResourceMissing, match="no-such-thing"):
        resource("no-such-thing")

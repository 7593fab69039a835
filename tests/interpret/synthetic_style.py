"""SYNTHETIC disclosures: in which ways they are printed, and what is kept of a printed one."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from budgetlod.core.text import chinese_number
from budgetlod.model.cube import Point, Subject
from tests.interpret.synthetic_money import Budget

NAME, CODE, AREA = "虚构市示范教育服务局", "731", "999900"
UNITS = (f"{NAME}（本级）", "虚构市示范小学", "虚构市教师进修所")
SECTIONS = (
    "部门职责及机构设置情况", "部门预算安排的总体情况", "机关运行经费安排情况", "财政拨款“三公”经费预算情况及增减变化原因",
    "部门整体绩效目标", "部门主管专项资金预算安排情况及绩效目标", "部门项目预算安排情况及绩效目标", "政府采购预算情况",
    "国有资产信息", "名词解释", "其他需要说明的事项",
)  # fmt: skip


@dataclass(frozen=True)
class Style:
    """One way to print a disclosure; the defaults are the plainest."""

    seed: int = 1
    year: int = 2031
    carried: bool = False
    closing: bool = False
    funds: bool = False
    own: bool = False
    travel: bool = False
    projects: int = 4
    unit: str = "万元"
    zero: str = ""
    ordinal: bool = True
    column_numbers: bool = True
    contents: bool = True
    rows_per_page: int = 12
    split: tuple[str, ...] = ()
    repeat_header: bool = True
    repeat_title: bool = False
    page_numbers: bool = False
    thousands: bool = False
    inner_spaces: bool = False
    wide_digits: bool = False
    trailing_spaces: bool = False
    newline: str = "\n"
    bom: bool = False
    empty_note: str = "注：本部门无此项预算，空表列示。"
    wording: str = "plain"
    prose_unit: str = "万元"
    procurement: str = "lines"
    exchanged: bool = False
    renamed: tuple[tuple[str, str], ...] = ()


@dataclass
class Written:
    """A printed disclosure, and what a reader should find in it."""

    text: str
    budget: Budget
    cells: dict[tuple[str, int, int], tuple[Point, Decimal]] = field(default_factory=dict)
    labels: dict[tuple[str, int], str] = field(default_factory=dict)
    said: list[tuple[Subject, Decimal]] = field(default_factory=list)
    cut_rows: int = 0

    def data(self, style: Style) -> bytes:
        """Return the bytes of the file."""
        return (b"\xef\xbb\xbf" if style.bom else b"") + self.text.replace("\n", style.newline).encode()


def numeral(number: int) -> str:
    """Return a number up to 99 in Chinese."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    text = ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")
    assert chinese_number(text) == number
    return text

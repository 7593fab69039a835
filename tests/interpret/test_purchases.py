"""Procurement and purchase of services as provinces other than that of the example print them; lists of units.

Every table here is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from budgetlod.interpret.disclosure import interpret
from budgetlod.model.cube import Point
from budgetlod.model.disclosure import Disclosure
from budgetlod.model.document import Document, Grid, GridRow, Paragraph, Place, Span, TextLine
from budgetlod.model.publisher import SourceNotes
from budgetlod.model.tables import Statement
from budgetlod.rdf.lexicon import load_lexicon

LEXICON = load_lexicon()
D = Decimal
Rows = Sequence[Sequence[str]]
NOTES = SourceNotes(name="示范局", fiscal_year=2030, unit="cny-10k")


def disclosure(*tables: tuple[str, Rows, Sequence[tuple[int, int, int, int]]]) -> Disclosure:
    """Read a document with a budget table and the given tables: title, rows, merged cells."""
    balance: Rows = (("项目", "预算数", "项目", "预算数"), ("收入总计", "99.00", "支出总计", "99.00"))
    blocks: list[Grid | Paragraph] = []
    for number, (title, rows, spans) in enumerate((("收支总表", balance, ()), *tables), 1):
        place = Place(page=number)
        blocks += [Paragraph((TextLine(text, place),)) for text in (title, "单位：万元") if text]
        made = tuple(GridRow(tuple(cells), Place(page=number, line=n)) for n, cells in enumerate(rows, 1))
        blocks.append(Grid(made, tuple(Span(*span) for span in spans)))
    return interpret(Document("budget.pdf", "application/pdf", "0" * 64, tuple(blocks)), LEXICON, NOTES)


def statement(found: Disclosure, type_: str) -> Statement:
    (table,) = [s for s in found.content.statements if s.type == type_]
    assert [(cell.row, cell.column, cell.printed) for cell in table.unmapped] == []
    return table


def said(table: Statement, *dimensions: str) -> list[tuple[str, ...]]:
    """The coordinates of each amount of the table's last column, in the order of its rows."""
    last = max(cell.column for cell in table.cells if cell.amount is not None)
    points = [c.states for c in table.cells if c.column == last and isinstance(c.states, Point)]
    return [tuple(str(getattr(point, name)) for name in dimensions) for point in points]


def broken(found: Disclosure, type_: str) -> list[str]:
    """The sums of a table that do not close; it must have some."""
    amounts = {figure.point: figure.amount for figure in found.figures.values()}
    sums = [breakdown for breakdown in found.relations.breakdowns if breakdown.statements == (type_,)]
    assert sums != []
    return [
        breakdown.key
        for breakdown in sums
        if not isinstance(breakdown.whole, Point)
        or sum((amounts[p] for p in breakdown.parts if isinstance(p, Point)), D(0)) != amounts[breakdown.whole]
    ]


def test_goods_and_services_with_the_total_below() -> None:
    rows = (("采购类别", "金额"), ("A-货物", "2.00"), ("C-服务", "5.50"), ("合 计", "7.50"))
    found = disclosure(("预算10表 政府采购预算明细表", rows, ()))
    assert said(statement(found, "procurement"), "item") == [("goods",), ("services",), ("procurement",)]
    assert [(p.kind, p.label, p.amount) for p in found.content.procurement] == [
        ("subtotal", "A-货物", D(20000)),
        ("subtotal", "C-服务", D(55000)),
        ("total", "合计", D(75000)),
    ]
    assert broken(found, "procurement") == []
    assert found.content.projects == ()


def test_kinds_beside_their_letters_with_the_total_above() -> None:
    rows = (
        ("项目编号", "项目", "总计", "一般公共预算拨款收入", "其他收入"),
        ("合计", "", "7.50", "7.00", "0.50"),
        ("A", "货物", "2.00", "2.00", ""),
        ("B", "工程", "1.00", "1.00", ""),
        ("C", "服务", "4.50", "4.00", "0.50"),
    )
    found = disclosure(("2030年政府采购预算明细表", rows, ()))
    assert {p.item for p in found.figures if p.item != "_T"} == {"procurement", "goods", "works", "services"}
    assert [p.amount for p in found.content.procurement] == [D(75000), D(20000), D(10000), D(45000)]
    assert broken(found, "procurement") == []


def test_by_function_code() -> None:
    rows = (
        ("科目编码", "", "", "科目名称", "合计"),
        ("类", "款", "项", "", ""),
        ("", "", "", "合计", "5.80"),
        ("201", "", "", "一般公共服务支出", "5.80"),
        ("", "08", "", "审计事务", "5.80"),
        ("", "", "04", "审计业务", "5.80"),
    )
    found = disclosure(("政府采购预算表", rows, ((0, 0, 1, 3), (0, 3, 2, 1), (0, 4, 2, 1))))
    table = statement(found, "procurement")
    assert said(table, "function") == [("_T",), ("201",), ("20108",), ("2010804",)]
    assert [p.kind for p in found.content.procurement] == ["total", "subtotal", "subtotal", "subtotal"]


def test_a_tree_of_kinds_projects_and_goods() -> None:
    """A project's own row is the whole of the goods below it, which name neither kind nor project."""
    rows = (
        ("采购品目大类", "专项名称", "经济科目", "采购物品名称", "采购组织形式", "总计"),
        ("合计", "", "", "", "", "10.00"),
        ("一、货物A", "", "", "", "", "6.00"),
        ("", "示范办公费", "办公费", "", "", "6.00"),
        ("", "", "", "台式计算机", "集中采购", "4.00"),
        ("", "", "", "打印机", "分散采购", "2.00"),
        ("三、服务C", "", "", "", "", "4.00"),
        ("", "示范印刷", "印刷费", "", "", "4.00"),
        ("", "", "", "印刷服务", "分散采购", "4.00"),
    )
    found = disclosure(("政府采购支出预算表", rows, ()))
    assert said(statement(found, "procurement"), "item", "economic", "project") == [
        ("procurement", "_T", "_T"),
        ("goods", "_T", "_T"),
        ("goods", "30201", "示范办公费"),
        ("goods", "30201", "示范办公费.1"),
        ("goods", "30201", "示范办公费.2"),
        ("services", "_T", "_T"),
        ("services", "30202", "示范印刷"),
        ("services", "30202", "示范印刷.1"),
    ]
    assert [(p.kind, p.label, p.project) for p in found.content.procurement] == [
        ("total", "合计", ""),
        ("subtotal", "一、货物A", ""),
        ("subtotal", "示范办公费", "示范办公费"),
        ("line", "台式计算机", "示范办公费"),
        ("line", "打印机", "示范办公费"),
        ("subtotal", "三、服务C", ""),
        ("subtotal", "示范印刷", "示范印刷"),
        ("line", "印刷服务", "示范印刷"),
    ]
    assert broken(found, "procurement") == []


def test_a_unit_between_the_kind_and_its_lines() -> None:
    rows = (
        ("采购品目大类", "专项名称", "采购品目名称", "资金来源", "", "总计"),
        ("", "", "", "一般公共预算资金", "其他资金", ""),
        ("合计", "", "", "3.00", "", "3.00"),
        ("服务", "", "", "3.00", "", "3.00"),
        ("示范局（本级）", "", "", "3.00", "", "3.00"),
        ("", "示范物业", "物业管理服务", "2.00", "", "2.00"),
        ("", "示范安保", "保安服务", "1.00", "", "1.00"),
    )
    spans = ((0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 2, 1), (0, 3, 1, 2), (0, 5, 2, 1))
    found = disclosure(("政府采购支出表", rows, spans))
    assert said(statement(found, "procurement"), "item", "project") == [
        ("procurement", "_T"),
        ("services", "_T"),
        ("services", "_T"),
        ("services", "示范物业"),
        ("services", "示范安保"),
    ]
    assert broken(found, "procurement") == []


def test_lines_with_codes_of_units_and_catalogue_names() -> None:
    """The row of a unit is about all that it buys, though it repeats the code of its first line."""
    rows = (
        ("科目编码", "", "", "单位编码", "采购项目", "采购目录", "数量", "部门预算支出经济科目编码", "", "实施采购时间", "预算金额", "说明"),
        ("类", "款", "项", "", "", "", "", "类", "款", "", "", ""),
        ("", "", "", "", "合计", "", "4", "", "", "", "9.00", ""),
        ("201", "08", "04", "245", "示范局", "", "4", "", "", "", "9.00", ""),
        ("201", "08", "04", "245001", "示范局", "", "3", "", "", "", "6.00", ""),
        ("201", "08", "04", "", "甲项目", "C0803审计服务", "1", "302", "27", "2030-10-31 08:00:00", "4.00", ""),
        ("201", "08", "04", "", "甲项目", "A02010104台式计算机", "2", "310", "02", "", "2.00", ""),
        ("201", "08", "50", "245002", "示范中心", "", "1", "", "", "", "3.00", ""),
        ("201", "08", "50", "", "乙项目", "C99其他服务", "1", "302", "27", "", "3.00", ""),
    )  # fmt: skip
    spans = ((0, 0, 1, 3), (0, 7, 1, 2), *((0, column, 2, 1) for column in (3, 4, 5, 6, 9, 10, 11)))
    found = disclosure(("政府采购（资产配置、购买服务）预算表", rows, spans))
    table = statement(found, "procurement")
    units = [unit for unit, _, _ in said(table, "organization", "function", "project")]
    assert units[:2] == ["", ""]
    assert len(set(units[2:5])) == 1
    assert units[5:] == ["示范中心", "示范中心"]
    assert [row[1:] for row in said(table, "organization", "function", "economic")] == [
        ("_T", "_T"), ("_T", "_T"), ("_T", "_T"), ("2010804", "30227"), ("2010804", "31002"),
        ("_T", "_T"), ("2010850", "30227"),
    ]  # fmt: skip
    assert [(p.kind, p.label, p.catalogue_code, p.project, p.quantity) for p in found.content.procurement] == [
        ("total", "合计", "", "", D(4)),
        ("total", "示范局", "", "", D(4)),
        ("subtotal", "示范局", "", "", D(3)),
        ("line", "审计服务", "C08030000", "甲项目", D(1)),
        ("line", "台式计算机", "A02010104", "甲项目", D(2)),
        ("subtotal", "示范中心", "", "", D(1)),
        ("line", "其他服务", "C99000000", "乙项目", D(1)),
    ]
    assert broken(found, "procurement") == []


def test_purchase_of_services_by_the_guiding_catalogue() -> None:
    """Lines of one service are told apart; the names of merged cells hold for the rows that they cover."""
    rows = (
        ("指导性目录", "", "", "预算金额"),
        ("一级", "二级", "三级", ""),
        ("合计", "", "", "6.00"),
        ("01-公共服务", "0115-公共信息与宣传服务", "宣传服务", "1.00"),
        ("02-政府履职辅助性服务", "0211-后勤服务", "印刷服务", "2.00"),
        ("", "", "印刷服务", "3.00"),
    )
    found = disclosure(
        ("预算11表 财政拨款政府购买服务明细表", rows, ((0, 0, 1, 3), (0, 3, 2, 1), (4, 0, 2, 1), (4, 1, 2, 1)))
    )
    table = statement(found, "service-purchase")
    assert said(table, "item")[0] == ("service-purchase",)
    assert len(set(said(table, "item", "project"))) == 4
    names = {project.key: project.name for project in found.content.projects}
    assert [names[key] for (key,) in said(table, "project")[1:]] == [
        "01-公共服务/0115-公共信息与宣传服务/宣传服务",
        *["02-政府履职辅助性服务/0211-后勤服务/印刷服务"] * 2,
    ]
    assert broken(found, "service-purchase") == []
    assert found.content.procurement == ()


def test_a_list_of_units_without_a_title() -> None:
    rows = (("序号", "单位名称", "拟变动情况"), ("1", "示范局本级（机关）", ""), ("2", "示范中心", ""))
    found = disclosure(("纳入预算编制范围的二级预算单位共有2个，包括：", rows, ()))
    assert [(body.order, body.name) for body in found.content.institutions] == [
        (1, "示范局本级（机关）"),
        (2, "示范中心"),
    ]
    assert statement(found, "institutions").place.page == 2


def test_a_table_of_money_by_unit_is_no_list_of_units() -> None:
    rows = (("序号", "单位名称", "备注"), ("1", "示范中心", "3.00"))
    found = disclosure(("如下：", rows, ()))
    assert found.content.institutions == ()
    assert [p.code for p in found.problems if p.code == "table-unrecognised"] == ["table-unrecognised"]


def test_assets_under_other_headings() -> None:
    rows = (("资产类别", "数量", "账面原值"), ("资产总额", "", "5.00"), ("2、车辆（台、辆）", "1", "5.00"))
    found = disclosure(("国有资产占有使用情况表", rows, ()))
    assert statement(found, "assets").key == "assets"
    assert [(a.label, a.quantity, a.amount) for a in found.content.assets] == [
        ("资产总额", None, D(50000)),
        ("车辆", D(1), D(50000)),
    ]

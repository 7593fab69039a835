"""SYNTHETIC disclosures: the nine statements of an invented budget, in the template's layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetlod.model.codes import ALL
from budgetlod.rdf.lexicon import load_lexicon
from tests.interpret.synthetic_money import Amount, Budget
from tests.interpret.synthetic_style import numeral

CLASSES = (*range(201, 218), *range(219, 225), 227, 229, 230, 231, 232, 233, 234)
Field = str | Amount


@dataclass
class Table:
    """A table to print: rows of words and amounts, the running number not among them."""

    type: str
    title: str
    header: list[list[str]]
    rows: list[list[Field]]
    numbered: bool = True
    note: str = ""


def tables_of(budget: Budget) -> list[Table]:
    """Return the nine statements of a budget."""
    functions = load_lexicon().codes("function").codes
    economics = load_lexicon().codes("economic").codes
    at = budget.at

    def by_function(flow: str, columns: Sequence[dict[str, str]], source: str = ALL) -> list[list[Field]]:
        total: list[Field] = ["", "合计", *(at(flow, **column) for column in columns)]
        return [total] + [
            [code, functions[code].label, *(at(flow, function=code, **column) for column in columns)]
            for code in budget.functions(source)
        ]

    def classes(columns: Sequence[dict[str, str]]) -> list[list[Field]]:
        return [
            [f"{numeral(n)}、{functions[str(c)].label}", *(at("expenditure", function=str(c), **k) for k in columns)]
            for n, c in enumerate(CLASSES, 1)
        ]

    def of_fund(source: str) -> list[list[Field]]:
        columns = [{"source": source}, *({"source": source, "nature": n} for n in ("basic", "project"))]
        return by_function("expenditure", columns, source) if at("expenditure", source=source).value else []

    money = [{}, {"source": "fiscal"}, {"source": "special-account"}] + [
        {"source": s} for s in ("undertaking", "operating", "superior", "affiliated", "other")
    ]
    code_head = ["功能分类科目", "", "合计"]
    codes = ["科目编码", "科目名称"]
    head_5 = [[*code_head, "基本支出", "项目支出"], [*codes, "", "", ""]]
    t1_left: list[list[Field]] = [
        [f"{numeral(n)}、{label}", at("revenue", source=source, vintage="current")]
        for n, (label, source) in enumerate(
            (("一般公共预算拨款收入", "general-public"), ("政府性基金预算拨款收入", "government-fund"),
             ("国有资本经营预算拨款收入", "state-capital"), ("财政专户管理资金收入", "special-account"),
             ("单位资金", "unit")), 1)
    ]  # fmt: skip
    t1_end: list[list[Field]] = [
        ["本年收入合计", at("revenue", vintage="current"), "本年支出合计", at("expenditure")],
        ["上年结转结余", at("revenue", vintage="carried"), "年终结转结余", at("closing")],
        ["收入总计", at("revenue"), "支出总计", at("outlay")],
    ]
    fiscal = [{"source": "fiscal"}, *({"source": s} for s in ("general-public", "government-fund", "state-capital"))]
    funds = ("一般公共预算拨款", "政府性基金预算拨款", "国有资本经营预算拨款")
    t4_left: list[list[Field]] = [
        [f"{numeral(n)}、{label}", at("revenue", vintage="current", **where)]
        for n, (label, where) in enumerate(zip(funds, fiscal[1:], strict=True), 1)
    ]
    t4_carried: list[list[Field]] = [
        [f"{numeral(n)}、{label}", at("revenue", vintage="carried", **where), *[""] * 5]
        for n, (label, where) in enumerate(zip(funds, fiscal[1:], strict=True), 1)
    ]
    t4_end: list[list[Field]] = [
        ["本年收入合计", at("revenue", vintage="current", source="fiscal"), "本年支出合计",
         *(at("expenditure", **f) for f in fiscal)],
        ["年初财政拨款结转和结余", at("revenue", vintage="carried", source="fiscal"), "年末财政拨款结转和结余",
         *(at("closing", **f) for f in fiscal)],
        *t4_carried,
        ["收入总计", at("revenue", source="fiscal"), "支出总计", *(at("outlay", **f) for f in fiscal)],
    ]  # fmt: skip
    natures = ("basic", "personnel", "public")
    chapters = sorted({c[:n] for c in budget.economic for n in (3, 5)})
    t6: list[list[Field]] = [["", "合计", *(budget.of_economic(ALL, n) for n in natures)]]
    t6 += [[c, economics[c].label, *(budget.of_economic(c, n) for n in natures)] for c in chapters]
    items = (
        ("合计", "restricted"), ("“三公”经费小计", "three-public"), ("一、因公出国（境）费", "abroad"),
        ("其中：教学科研人员因公出国（境）费", "abroad-research"), ("其他因公出国（境）费", "abroad-other"),
        ("二、公务用车购置及运维费", "vehicles"), ("其中：公务用车购置费", "vehicle-purchase"),
        ("公务用车运行维护费", "vehicle-operation"), ("三、公务接待费", "reception"),
    )  # fmt: skip
    sources = ("fiscal", "general-public", "government-fund", "state-capital")
    income_head = [
        "财政拨款收入",
        "财政专户收入",
        "事业收入",
        "经营收入",
        "上级补助收入",
        "附属单位上缴收入",
        "其他收入",
    ]
    natures_3 = ["基本支出", "项目支出", "经营支出", "上解上级支出", "对附属单位补助支出"]
    fund_head = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    return [
        Table("balance", "部门预算收支总表", [["收入", "", "支出", ""], ["项目", "预算数", "项目", "预算数"]],
              [*_sides(t1_left, classes([{}]), 2), *t1_end]),
        Table("income", "部门预算收入总表",
              [[*code_head, "本年收入", *[""] * 7, "上年结转"], [*codes, "", "小计", *income_head, ""]],
              by_function("revenue", [{}, *({"vintage": "current", **m} for m in money), {"vintage": "carried"}])),
        Table("expenditure", "部门预算支出总表", [[*code_head, *natures_3], [*codes, *[""] * 6]],
              by_function("expenditure", [{}, *({"nature": n} for n in
                          ("basic", "project", "operating", "remitted", "subsidy"))])),
        Table("fiscal-balance", "部门预算财政拨款收支总表",
              [["收入", "", "支出", *[""] * 4], ["项目", "金额", "项目", *fund_head]],
              [*_sides(t4_left, classes(fiscal), 2), *t4_end]),
        Table("general-public-expenditure", "部门预算一般公共预算财政拨款支出表", head_5, of_fund("general-public")),
        Table("basic-expenditure", "部门预算一般公共预算财政拨款基本支出表",
              [["支出部门经济分类科目", "", "一般公共预算基本支出", "", ""], [*codes, "合计", "人员经费", "公用经费"]], t6),
        Table("government-fund-expenditure", "部门预算政府性基金预算财政拨款支出表", head_5, of_fund("government-fund")),
        Table("state-capital-expenditure", "部门预算国有资本经营预算财政拨款支出表", head_5, of_fund("state-capital")),
        Table("three-public", "部门预算财政拨款“三公”经费支出表", [["项目", "资金性质", "", "", ""], ["", *fund_head]],
              [[label, *(budget.of_item(item, s) for s in sources)] for label, item in items]),
    ]  # fmt: skip


def _sides(left: list[list[Field]], right: list[list[Field]], width: int) -> list[list[Field]]:
    """Put two unrelated lists side by side, as the tables of revenue and expenditure do."""
    return [[*(left[i] if i < len(left) else [""] * width), *row] for i, row in enumerate(right)]

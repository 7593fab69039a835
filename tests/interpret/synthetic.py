"""SYNTHETIC disclosures: invented departments, amounts and sentences in the layout of a text-extracted budget.

``write(Style(...))`` prints a disclosure and returns it with everything a reader should find in it: the point and
amount of every cell and sentence. A style is one way in which such documents differ from one another. The words
are our own; only headings, code names and set phrases that all departments share are those of the template.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgetlod.core.text import chinese_number
from budgetlod.model.codes import ALL
from budgetlod.model.disclosure import ChangeOf, Point, Subject, Thing
from budgetlod.rdf.lexicon import load_lexicon
from tests.interpret.synthetic_money import ZERO, Amount, Budget, ProjectPlan, make_budget

NAME, CODE, AREA = "虚构市示范教育服务局", "731", "999900"
UNITS = (f"{NAME}（本级）", "虚构市示范小学", "虚构市教师进修所")
SECTIONS = (
    "部门职责及机构设置情况", "部门预算安排的总体情况", "机关运行经费安排情况", "财政拨款“三公”经费预算情况及增减变化原因",
    "部门整体绩效目标", "部门主管专项资金预算安排情况及绩效目标", "部门项目预算安排情况及绩效目标", "政府采购预算情况",
    "国有资产信息", "名词解释", "其他需要说明的事项",
)  # fmt: skip
CLASSES = (*range(201, 218), *range(219, 225), 227, 229, 230, 231, 232, 233, 234)
Field = str | Amount


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
class Table:
    """A table to print: rows of words and amounts, the running number not among them."""

    type: str
    title: str
    header: list[list[str]]
    rows: list[list[Field]]
    numbered: bool = True
    note: str = ""


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


def write(style: Style) -> Written:
    """Print an invented disclosure in a style."""
    return _Writer(style).write()


def tables_of(budget: Budget, style: Style) -> list[Table]:
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


class _Writer:
    """Prints tables and sentences, and keeps what they state."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.dice = random.Random(style.seed)
        self.budget = make_budget(
            style.seed, year=style.year, carried=style.carried, closing=style.closing, funds=style.funds,
            own=style.own, projects=style.projects, travel=style.travel,
        )  # fmt: skip
        self.lines: list[str] = []
        self.out = Written("", self.budget)
        self.pages = 0

    def write(self) -> Written:
        tables = tables_of(self.budget, self.style)
        self._contents(tables)
        for table in tables:
            self._table(table)
        Notes(self).write()
        lines = [line + (" " if self.style.trailing_spaces and line else "") for line in self.lines]
        self.out.text = "\n".join(lines)
        for word, other in self.style.renamed:
            assert word in self.out.text, word
            self.out.text = self.out.text.replace(word, other)
        return self.out

    def say(self, *paragraphs: str) -> None:
        """Print paragraphs, each with a blank line after it."""
        for paragraph in paragraphs:
            self.lines += [paragraph, ""]

    def _contents(self, tables: Sequence[Table]) -> None:
        self.say(f"{self.style.year} 年部门预算信息公开目录")
        if self.style.contents:
            entries = [t.title for t in tables] + [f"{numeral(n)}、{s}" for n, s in enumerate(SECTIONS, 1)]
            self.lines += [f"{entry}.....\t{page}" for page, entry in enumerate(entries, 1)] + [""]

    # --- tables -----------------------------------------------------------------------------------------------------

    def printed(self, value: Decimal, unit: str | None = None) -> str:
        """Return an amount as the style prints it."""
        style = self.style
        value = value * 10000 if (unit or style.unit) == "元" else value
        return self.digits(f"{value:,.2f}" if style.thousands else f"{value:.2f}")

    def digits(self, text: str) -> str:
        return (
            text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")) if self.style.wide_digits else text
        )

    def _cell(self, table: Table, row: int, column: int, content: Field) -> str:
        if isinstance(content, str):
            return content
        if not content.value and self.style.zero in ("", "-"):
            return self.style.zero
        self.out.cells[table.type, row, column] = (content.point, content.value * 10000)
        text = self.printed(content.value) if content.value else self.digits(self.style.zero)
        return text[:2] + " " + text[2:] if self.style.inner_spaces and len(text) > 4 else text

    def _table(self, table: Table) -> None:
        style = self.style
        lead = ["序号"] if style.ordinal and table.numbered else []
        header = [[*lead, *table.header[0]], *([*([""] * len(lead)), *row] for row in table.header[1:])]
        if style.column_numbers and table.numbered:
            width = len(table.header[0])
            header.append([*(["栏次"] if lead else []), *(str(n) for n in range(1, width + 1))])
        rows = [
            [*([str(n)] if lead else []), *(self._cell(table, n, c, x) for c, x in enumerate(row, 1))]
            for n, row in enumerate(table.rows, 1)
        ]
        for number, row in enumerate(rows, 1):
            self.out.labels[table.type, number] = "".join(row[len(lead) :][: 2 if "科目编码" in header[1] else 1])
        self.say(*([] if self.style.repeat_title else [table.title]))
        self._pages(header, rows, self._over(table), len(lead), "科目编码" in header[1])
        if table.note or (not rows and style.empty_note):
            self.say(table.note or style.empty_note)

    def _over(self, table: Table) -> list[str]:
        """Return what a page prints over its part of a table; long names break as they please."""
        title = [table.title] if self.style.repeat_title else []
        return [*title, f"{CODE} {NAME[:7]}\n{NAME[7:]}", f"预算年度：\n{self.style.year}", f"单位：{self.style.unit}"]

    def _pages(self, header: list[list[str]], rows: list[list[str]], over: list[str], lead: int, coded: bool) -> None:
        size = self.style.rows_per_page
        pages = [rows[i : i + size] for i in range(0, len(rows), size)] or [[]]
        rest: list[list[str]] = []
        for number, page in enumerate(pages):
            body = [*rest, *page]
            rest = []
            if number + 1 < len(pages) and self.style.split:
                body[-1], second = self._cut(body[-1], lead, coded)
                rest = [second] if second else []
            if number == 0 or self.style.repeat_header:
                self.say(*over)
                self.lines += ["\t".join(row) for row in header]
            self.lines += ["\t".join(row) for row in body] + [""]
            self.pages += 1
            if self.style.page_numbers:
                self.say(f"- {self.pages} -")

    def _cut(self, row: list[str], lead: int, coded: bool) -> tuple[list[str], list[str]]:
        """Cut a row over a page break in the columns that the style says; the rest has no running number."""
        first, second = list(row), [""] * len(row)
        kinds = {"code": [lead] if coded else [], "label": [lead + 1] if coded else [lead]}
        columns = [c for kind in self.style.split for c in kinds.get(kind, [])]
        if "number" in self.style.split:
            columns += [c for c in range(lead + 2 if coded else lead + 1, len(row)) if row[c][:1].isdigit()]
        for column in columns:
            text = row[column]
            if len(text) > 3:
                place = self.dice.randint(1, len(text) - 1)
                first[column], second[column] = text[:place], text[place:]
        if any(second):
            self.out.cut_rows += 1
            return first, second
        return row, []


class Notes:
    """Prints the explanatory notes of a disclosure."""

    def __init__(self, writer: _Writer) -> None:
        self.writer, self.style, self.budget = writer, writer.style, writer.budget
        self.say = writer.say
        self.year = writer.style.year

    def write(self) -> None:
        self.say(f"{NAME} {self.year} 年部门预算信息公开情况说明", "现将本部门预算公开如下：")
        sections: list[Callable[[], None]] = [
            self._duties, self._overview, self._operating, self._three_public, self._goals, lambda: self.say("无"),
            self._projects, self._procurement, self._assets, self._glossary, lambda: self.say("我部门无其他需要说明的事项。"),
        ]  # fmt: skip
        for number, (label, section) in enumerate(zip(SECTIONS, sections, strict=True), 1):
            self.say(f"{numeral(number)}、{label}")
            section()

    # --- sentences ----------------------------------------------------------------------------------------------------

    def money(self, amount: Amount) -> str:
        """Print an amount in prose, and keep it as said."""
        return self._stated(amount.point, amount.value, amount.value)

    def before(self, amount: Amount, change: Decimal) -> str:
        """Print what an amount was the year before."""
        value = amount.value - change
        return self._stated(amount.point._replace(fiscalYear=self.year - 1), value, value)

    def change(self, amount: Amount, change: Decimal, percent: bool = False) -> str:
        """Print by how much an amount went up or down."""
        up, down = ("增加", "减少") if self.style.wording == "plain" else ("增长", "下降")
        text = (up if change > 0 else down) + self._stated(ChangeOf(amount.point, self.year - 1), change, abs(change))
        before = amount.value - change
        return text + (
            f"，{up if change > 0 else down}{abs(change) / before * 100:.2f}%" if percent and before > 0 else ""
        )

    def unchanged(self, amount: Amount) -> str:
        """Print that an amount is what it was the year before."""
        self.writer.out.said.append((ChangeOf(amount.point, self.year - 1), ZERO))
        return "与上年持平"

    def _stated(self, subject: Subject, value: Decimal, shown: Decimal) -> str:
        self.writer.out.said.append((subject, value * 10000))
        unit = self.style.prose_unit
        return f" {self.writer.printed(shown, unit)} {unit}"

    # --- sections -----------------------------------------------------------------------------------------------------

    def _duties(self) -> None:
        self.say("部门职责：", "1、组织示范性教育服务。\n2、管理示范学校。", "机构设置：", "部门机构设置情况")
        kinds = (
            ("行政", "正科级", "财政拨款"),
            ("事业", "正科级", "财政性资金基本保证"),
            ("事业", "副科级", "自收自支"),
        )
        rows = ["\t".join((unit, *kind)) for unit, kind in zip(UNITS, kinds, strict=True)]
        self.writer.lines += ["单位名称\t单位性质\t单位规格\t经费保障形式", *rows, ""]

    def _overview(self) -> None:
        (self._overview_plain if self.style.wording == "plain" else self._overview_other)()

    def _revenues(self, labels: Iterable[tuple[str, dict[str, str]]]) -> str:
        at = self.budget.at
        return "，".join(f"{label}{self.money(at('revenue', **where))}" for label, where in labels)

    def _overview_plain(self) -> None:
        at, year = self.budget.at, self.year
        labels = (("一般公共预算收入", "general-public"), ("基金预算收入", "government-fund"),
                  ("国有资本经营预算收入", "state-capital"), ("财政专户核拨收入", "special-account"), ("单位资金收入", "unit"))  # fmt: skip
        places = [(label, {"source": source, "vintage": "current"}) for label, source in labels]
        places.append(("上年结转结余", {"vintage": "carried"}))
        self.say("1、收入说明")
        self.say(f"{year}年预算收入{self.money(at('revenue'))}，其中：{self._revenues(places)}。")
        self.say("2、支出说明")
        text = (
            f"{year}年支出预算{self.money(at('expenditure'))}，其中基本支出{self.money(at('expenditure', nature='basic'))}，"
            f"包括人员经费{self.money(self._basic('personnel'))}和日常公用经费{self.money(self._basic('public'))}；"
            f"项目支出{self.money(at('expenditure', nature='project'))}，主要为预算项目 {len(self.budget.projects)} 个，"
        )
        self.writer.out.said.append((Thing("disclosure", "", ""), Decimal(len(self.budget.projects))))
        parts = [f"{n}.{p.name}项目预算{self.money(self._budget_of(p))}" for n, p in enumerate(self.budget.projects, 1)]
        self.say(text + "；".join(parts) + "。", "3、比上年增减情况")
        changes = self.budget.changes
        basic = changes["personnel"] + changes["public"]
        self.say(
            f"{year}年预算收支安排{self.money(at('expenditure'))}，较 {year - 1} 年预算"
            f"{self.change(at('expenditure'), basic + changes['project'])}，其中：基本支出"
            f"{self.change(at('expenditure', nature='basic'), basic)}，主要为"
            + "；".join(
                self._against(nature, label) for nature, label in (("personnel", "人员经费"), ("public", "公用经费"))
            )
            + f"。项目支出{self.change(at('expenditure', nature='project'), changes['project'])}，有新增加的工作。"
        )

    def _against(self, nature: str, label: str) -> str:
        amount, change = self._basic(nature), self.budget.changes[nature]
        return (
            f" {self.year} 年{label}支出{self.money(amount)}，比 {self.year - 1} 年{label}预算支出"
            f"{self.before(amount, change)}，{self.change(amount, change)}"
        )

    def _overview_other(self) -> None:
        at, year = self.budget.at, self.year
        self.say(
            f"{year}年部门收入预算总额为{self.money(at('revenue'))}，{self._revenues([('其中上年结转', {'vintage': 'carried'})])}。"
        )
        change = self.budget.changes["project"]
        self.say(
            f"{year}年支出总预算{self.money(at('expenditure'))}，比上年{self.change(at('expenditure'), change, percent=True)}。"
            f"其中：基本支出{self.money(at('expenditure', nature='basic'))}，{self.unchanged(at('expenditure', nature='basic'))}；"
            f"项目支出{self.money(at('expenditure', nature='project'))}，较上年"
            f"{self.change(at('expenditure', nature='project'), change, percent=True)}。"
        )

    def _basic(self, nature: str) -> Amount:
        value = self.budget.of_economic(ALL, nature).value
        return Amount(value, Point(fiscalYear=self.year, flow="expenditure", nature=nature))

    def _budget_of(self, plan: ProjectPlan) -> Amount:
        point = Point(fiscalYear=self.year, flow="expenditure", nature="project", project=plan.code)
        return Amount(plan.fiscal + plan.other, point)

    def _operating(self) -> None:
        value = self.budget.of_economic(ALL, "public").value
        point = Point(fiscalYear=self.year, flow="expenditure", source="general-public", item="agency-operating")
        self.say(f"{self.year}年，我部门机关运行经费共计安排{self.money(Amount(value, point))}，用于日常运转。")

    def _three_public(self) -> None:
        item = self.budget.of_item
        total, abroad, vehicles, bought, run, reception = (
            item(name, "fiscal")
            for name in ("three-public", "abroad", "vehicles", "vehicle-purchase", "vehicle-operation", "reception")
        )
        first = f"{self.year}年，我部门财政拨款“三公”经费预算安排{self.money(total)}，"
        if self.style.wording == "plain":
            self.say(
                f"{first}其中因公出国（境）费{self.money(abroad)}；公务用车购置及运维费{self.money(vehicles)}"
                f"（其中：公务用车购置费为{self.money(bought)}，公务用车运维费{self.money(run)}）；"
                f"公务接待费{self.money(reception)}。与{self.year - 1}年相比{self.change(total, Decimal('-0.02'))}，原因是厉行节约。"
            )
            return
        self.say(
            f"{first}比上年{self.change(total, Decimal('-1.00'), percent=True)}。其中：因公出国（境）费{self.money(abroad)}，"
            f"{self.unchanged(abroad)}；公务用车购置及运行维护费{self.money(vehicles)}（公务用车购置费{self.money(bought)}，"
            f"公务用车运行维护费{self.money(run)}），较上年{self.change(vehicles, Decimal('-1.00'))}；"
            f"公务接待费{self.money(reception)}，{self.unchanged(reception)}。"
        )

    def _goals(self) -> None:
        self.say("（一）总体绩效目标", "办好示范教育，保障培训不少于3次。", "（二）分项绩效目标", "一、保障教学")
        self.say("1、绩效目标:按时开学", "绩效指标:开学及时率=100%", "（三）工作保障措施", "加强管理。")

    def _projects(self) -> None:
        for number, plan in enumerate(self.budget.projects, 1):
            self._form(number, plan)

    def _form(self, number: int, plan: ProjectPlan) -> None:
        printed, unit = self.writer.printed, self.style.unit
        other = printed(plan.other) if plan.other else self.style.zero
        self.say(f"{number}、{plan.name}绩效目标表", f"单位：{unit}")
        months = "\t".join(("资金支出计划（%）", "3月底", "", "6月底", "10月底", "12月底", ""))
        heads = "一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据"
        lines = [
            f"项目编码\t{plan.code}\t\t项目名称\t{plan.name}\t\t",
            f"预算规模及资金用途\t预算数\t{printed(plan.fiscal + plan.other)}\t其中：财政资金\t{printed(plan.fiscal)}\t其他资金\t{other}",
            "\t用于示范项目的各项开支\t\t\t\t\t",
            months,
            "\t" + "\t".join((f"{plan.shares[0]}%", "", *(f"{s}%" for s in plan.shares[1:]), "")),
            f"绩效目标\t1.完成第 {number} 个示范项目 2.保证质量\t\t\t\t\t",
            heads + "\t",
        ]
        for n in range(1, plan.indicators + 1):
            if n == 5:
                lines += ["", heads]
            top = {1: "产出指标", 4: "效益指标"}.get(n, "")
            level_2, target = ("数量指标", f"≥{n * 10}次") if n < 4 else ("社会效益指标", "比上年有所提高")
            lines.append(f"{top}\t{level_2}\t示范指标{n}\t示范指标{n}的说明\t{target}\t年度工作计划")
        self.writer.lines += [*lines, ""]

    def _procurement(self) -> None:
        if self.style.procurement == "none":
            self.say("我部门本年度无政府采购预算。")
            return
        gone = f"{self.year} 年预留中小微企业份额"
        group = ["政府采购金额（当年部门预算安排资金）", "", "", "", "", "", ""]
        first = ["政府采购项目来源", "", "采购物品名称", "政府采购目录序号", "计量单位", "数量", "单价", *group, gone]
        second = ["项目名称", "预算资金", *[""] * 5, "合计", "一般公共预算拨款", "基金预算拨款", "国有资本经营预算拨款",
                  "财政专户核拨", "单位资金", "上年结转结余", ""]  # fmt: skip
        if self.style.exchanged:
            first[13], first[14], second[13], second[14] = gone, "", "", "上年结转结余"
        self.say("部门政府采购预算", f"单位：{self.style.unit}")
        plans = [p for p in self.budget.projects if p.code in self._general_public()]
        body = [self._bought("合计", plans)]
        units = UNITS if self.style.procurement == "units" else UNITS[:1]
        for position, unit in enumerate(units):
            own = plans[position :: len(units)]
            if own:
                body.append(self._bought(f"{unit}小计", own))
                body += [self._bought(p.name, [p]) for p in own]
        self.writer.lines += ["\t".join(row) for row in (first, second, *body)] + [""]

    def _general_public(self) -> set[str]:
        first = 2 if self.style.funds else 0
        return {plan.code for plan in self.budget.projects[first:]}

    def _bought(self, label: str, plans: Sequence[ProjectPlan]) -> list[str]:
        """Return a row of the procurement table: each project buys for half of its fiscal money."""
        printed = self.writer.printed
        half = {p.code: (p.fiscal / 2).quantize(ZERO) for p in plans}
        total = printed(sum(half.values(), ZERO))
        line = len(plans) == 1 and plans[0].name == label
        goods = (
            [printed(plans[0].fiscal + plans[0].other), "示范设备", "A02010000", "台", "2",
             printed((half[plans[0].code] / 2).quantize(ZERO))]
            if line else [""] * 6
        )  # fmt: skip
        return [label, *goods, total, total, "", "", "", "", "", total]

    def _assets(self) -> None:
        self.say(f"{NAME}（含所属单位）上年末固定资产金额为 30.00 万元（详见下表）。", "部门固定资产占用情况表")
        self.say(f"{CODE} {NAME}", f"截止时间：{self.year - 1}-12-31")
        rows = (("资产总额", "", "30.00"), ("1、房屋（平方米）", "120", "10.50"), ("其中：办公用房（平方米）", "", ""),
                ("2、车辆（台、辆）", "1", "9.50"), ("3、单价在 20 万元以上的设备", "", ""), ("4、其他固定资产", "7", "10.00"))  # fmt: skip
        self.writer.lines += ["项目\t数量\t价值（金额单位：万元）", *("\t".join(row) for row in rows), ""]
        self.writer.out.said.append((Thing("asset", "", "1"), Decimal(300000)))

    def _glossary(self) -> None:
        self.say("1、**财政拨款收入**：指本级财政拨付的资金。", "2、**基本支出**：指为保障运转发生的支出。")

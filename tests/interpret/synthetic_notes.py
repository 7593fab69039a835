"""SYNTHETIC disclosures: the explanatory notes of an invented budget, in our own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from budgetlod.model.codes import ALL
from budgetlod.model.cube import ChangeOf, Point, Subject, Thing
from tests.interpret.synthetic_money import ZERO, Amount, Budget, ProjectPlan
from tests.interpret.synthetic_style import CODE, NAME, SECTIONS, UNITS, Style, Written, numeral


class Writer(Protocol):
    """What the notes need of the one who prints them."""

    style: Style
    budget: Budget
    lines: list[str]
    out: Written

    def say(self, *paragraphs: str) -> None:
        """Print paragraphs."""

    def printed(self, value: Decimal, unit: str | None = None) -> str:
        """Return an amount as the style prints it."""


class Notes:
    """Prints the explanatory notes of a disclosure."""

    def __init__(self, writer: Writer) -> None:
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
        if not self.budget.projects:
            self.say("无")
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

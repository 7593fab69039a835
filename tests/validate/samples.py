"""Reports made by hand: what renderers, gate and acceptance are tested with. Every value is invented."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from budgetlod.model.problem import Problem
from budgetlod.model.publisher import Acceptance
from budgetlod.rdf.names import SHAPE
from budgetlod.validate.acceptance import accept
from budgetlod.validate.report import Finding, Messages, Place, Report, Result, Severity

ABOUT = "https://example.org/data/dataset/x/2024-budget"
TABLE = f"{ABOUT}/statement/income"

CELL = Place(
    f"{TABLE}#r1c3", "《收入总表》，第1行“合计”，“合计”列，印作“6.01”，原文第52行",
    'table "收入总表", row 1 "合计", column "合计", printed "6.01", source line 52',
    kind="cell", statement=TABLE, title="收入总表", statement_type="income", row=1, row_label="合计", column=3,
    column_label="合计", printed="6.01", amount=Decimal("60100.00"), precision=Decimal("100.00"), unit="cny-10k",
    factor=Decimal(10000), line=52, last_line=52, source="source.txt", states=(f"{ABOUT}/figure/1",),
)  # fmt: skip
PART = replace(
    CELL, iri=f"{TABLE}#r2c3", zh="《收入总表》，第2行，原文第53至54行", en='table "收入总表", row 2, source lines 53 to 54',
    row=2, row_label="行政 运行", printed="2.00", amount=Decimal("20000.00"), line=53, last_line=54, states=(),
)  # fmt: skip
SENTENCE = Place(
    f"{ABOUT}/mention/1", "“二、总体情况”一节，印作“5万元”，第3页", 'section "二、总体情况", printed "5万元", page 3',
    kind="mention", section="二、总体情况", printed="5万元", amount=Decimal("50000"), page=3, source="预算 公开.pdf",
)  # fmt: skip
ROW = Place(
    f"{TABLE}#r6", "《收入总表》，第6行“小计”", 'table "收入总表", row 6 "小计"', kind="row", title="收入总表", row=6
)


def result(shape: str, severity: Severity, *ids: str, places: tuple[Place, ...] = (), family: str = "") -> Result:
    return Result(
        shape=SHAPE + shape,
        path="",
        focus=f"<{ABOUT}/breakdown/{shape}>",
        value="",
        severity=severity,
        messages=Messages(f"{shape} 不对", f"{shape} is wrong"),
        identifiers=ids,
        evidence=places,
        family=family,
        bindings=(("sum", "60000.00"),),
    )


def finding(number: int, *results: Result, places: tuple[Place, ...] = ()) -> Finding:
    first = results[0]
    return Finding(
        number=number,
        key=f"{first.shape.rpartition('/')[2]}-{number}",
        severity=first.severity,
        family=first.family,
        messages=Messages(f"第{number}个问题，请更正", f"fault {number}, correct it"),
        identifiers=tuple(dict.fromkeys(i for r in results for i in r.identifiers)),
        places=places or first.evidence,
        results=results,
    )


ROLL_UP = result("RollUp", "violation", "A01", places=(CELL, PART), family="rollup")
BALANCE = result("MoneyInMoneyOut", "violation", "A05", places=(CELL,), family="balance")
BLANK = result("BlankOverFilled", "warning", "A46", places=(ROW, SENTENCE, PART), family="blanks")
LABEL = result("TableHasLabel", "info", family="structure")
FINDINGS = (
    finding(1, ROLL_UP, BALANCE, places=(CELL, PART)),
    finding(2, BLANK, places=(ROW, SENTENCE, PART)),
    finding(3, LABEL),
)
PROBLEM = Problem(
    "page-cut",
    "warning",
    "一行被分到两页",
    "a row is cut",
    "核对版式",
    "look at the layout",
    "/x/y.txt",
    "line 7",
    "Q03",
)


def report(*findings: Finding, accepted: tuple[Acceptance, ...] = ()) -> Report:
    """Return a report of the findings, reviewed."""
    results = tuple(dict.fromkeys(r for f in findings for r in f.results))
    plain = Report(
        results, (ABOUT,), "publication+extra", "fast", findings, delegated=(SHAPE + "Odd",), problems=(PROBLEM,)
    )
    return accept(plain, accepted)


BLANK_ACCEPTED = Acceptance("A46", "此类公务用车由上级保障", "income#r6")
NOTHING = Acceptance("B99", "再无此事", "income#r9")
FULL = report(*FINDINGS, accepted=(BLANK_ACCEPTED, NOTHING))
EMPTY = Report((), (), "laws", "fast")

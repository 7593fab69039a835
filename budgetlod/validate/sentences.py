"""The sentences of findings, Chinese and English, as a reviewer of the finance office writes them.

Templates for ``str.format``. Names in them: ``head`` is the row, column or figure that all amounts belong to;
``whole``, ``parts``, ``part``, ``upper`` are amounts with what they are of; ``sum`` is an amount; ``gap`` a
difference, as printed and in yuan.
"""

from __future__ import annotations

from budgetlod.validate.report import Messages

LAWS: dict[str, Messages] = {
    "agreement": Messages(
        "{figure}在两处不一致：{here}，{there}，相差{gap}",
        "{figure} differs between two places: {here}; {there}; {gap} apart",
    ),
    "rollup": Messages(
        "{head}：{whole}，{parts}，合计与分项之和不相等（分项之和{sum}，相差{gap}）",
        "{head}: {whole}; {parts}; the total does not equal the sum of its parts (which is {sum}, {gap} apart)",
    ),
    "rounding": Messages(
        "{head}：{whole}，{parts}，合计与分项之和相差{gap}，在四舍五入的范围之内，无须改正",
        "{head}: {whole}; {parts}; the total misses the sum of its parts by {gap}, which rounding explains: nothing to correct",
    ),
    "balance": Messages(
        "{head}收支不平衡：收入{into}，支出{out}，相差{gap}",
        "{head}: money in does not equal money out: {into}; {out}; {gap} apart",
    ),
    "bound": Messages(
        "部分大于总体：{part}，{upper}，多出{gap}",
        "a part exceeds its whole: {part}; {upper}; {gap} more",
    ),
    "same money": Messages(
        "本部门没有其他资金，两数应当相等：{part}，{upper}，相差{gap}",
        "the disclosure has no other money, so these must be equal: {part}; {upper}; {gap} apart",
    ),
    "change": Messages(
        "{head}：本年{now}，上年{then}，增减应为{due}，写作{stated}，相差{gap}",
        "{head}: {now} this year, {then} last year, a change of {due}, but {stated} is stated, {gap} apart",
    ),
    "correspondence": Messages(
        "对应科目不相等：{parts}，与之对应的{whole}，相差{gap}",
        "corresponding items differ: {parts}; against {whole}; {gap} apart",
    ),
}
"""By law: what is wrong."""

BLANKS: dict[str, tuple[str, Messages]] = {
    "BlankOverFilled": (
        "leavesBlankOver",
        Messages(
            "{row}空白，其下级却有数：{items}。请填写下级之和",
            "{row} is blank although what is below it is filled: {items}. Fill in the sum",
        ),
    ),
    "BlankStatedElsewhere": (
        "leavesBlank",
        Messages(
            "{row}空白，同一数在他处已列：{items}。请补填，或改正他处",
            "{row} is blank although the figure is stated elsewhere: {items}. Fill it in, or correct the other place",
        ),
    ),
    "BlankParts": (
        "leavesBlankUnder",
        Messages(
            "{row}空白，其合计却有数：{items}。请补填各分项，或改正合计",
            "{row} is blank although its total is filled: {items}. Fill in the parts, or correct the total",
        ),
    ),
}
"""By shape: the link from the blank row to the figures that make it matter, and what is wrong with it."""

GENERAL = Messages("{place}：{message}", "{place}: {message}")
"""What a shape says, after the place that it says it of."""

COLLECTED = Messages("{message}（同类共{count}处，见所列位置）", "{message} ({count} places of this kind, as listed)")
"""What a shape says of the first of many places."""

REMEDY = Messages(
    "最可能写错的是{place}的“{printed}”：改为“{right}”，{effect}",
    'the likely mistake is "{printed}" in {place}: with "{right}" {effect}',
)
"""What would make it right, where one place explains everything."""

REMEDY_OF_SEVERAL = Messages(
    "可能写错的不止一处，请对照原始资料逐一核对；例如把{place}的“{printed}”改为“{right}”，{effect}",
    'several places may be wrong, compare them with the records; for example, with "{right}" for "{printed}" in {place} {effect}',
)
"""The same where several places would do equally well."""

REMEDY_WITH_OTHERS = Messages(
    "{place}的“{printed}”可能写错：连同本报告所指其他各处改正后，应为“{right}”",
    '"{printed}" in {place} may be wrong: once the other places of this report are corrected, it should be "{right}"',
)
"""The same where the amounts that this one depends on are wrong themselves."""

MISSING_ROW = Messages(
    "同一行的{count}列都少于合计（{gaps}），可能漏列了一行：请补上漏列的分项，或核对合计",
    "{count} columns of the same row lack something ({gaps}); a row may be missing: add it, or check the totals",
)
"""What a row that is not listed looks like."""

FILLED_IN = Messages("补填后，另外{count}处合计与分项之和也相符", "once it is filled in, {count} more sums hold")
MISSING_PART = Messages("，也可能漏列了分项", "; a part may also be missing")
MAY_ROUND = Messages(
    "；若确由四舍五入所致，请在表下注明", "; if rounding is the cause, say so in a note under the table"
)
ONE_HOLDS = Messages("此处即相符", "it holds")
ALL_HOLD = Messages("所涉{count}处关系全部相符", "all {count} relations involved hold")
COMPARE = Messages("请核对各处，改正写错的一处", "compare the places and correct the wrong one")
AND_SO_ON = Messages("等{count}项", "and others ({count} in all)")
AND_ELSEWHERE = Messages("（另有{count}处相同）", " (the same in {count} more)")
YUAN = Messages("{amount}元", "{amount} yuan")
AS_PRINTED = Messages("{printed}，即{yuan}", "{printed}, that is {yuan}")
THE_FIGURE = Messages("此数", "the figure")
SOMEWHERE = Messages("一处", "one place")
IN_TABLE = Messages("《{title}》", 'table "{title}"')
IN_SECTION = Messages("“{section}”一节", 'section "{section}"')
IN_ROW = Messages("第{number}行", "row {number}")
IN_COLUMN = Messages("“{label}”列", 'column "{label}"')
ON_PAGE = Messages("第{page}页", "page {page}")
ON_LINE = Messages("原文第{line}行", "source line {line}")
IN_BRACKETS = Messages("（{text}）", " ({text})")

"""The review form as a page and as a workbook: one disclosure line by line, several as a matrix."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from budgetlod.validate.checklist import ANSWERS, Form, Issue, Line, items
from budgetlod.validate.report import Messages
from budgetlod.validate.subject import Language
from budgetlod.validate.templating import page
from budgetlod.validate.words import said

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

TITLE = Messages("部门预算公开情况检查表", "Review of the budget disclosure")
_MATRIX = Messages("汇总", "all")
_FORM = Messages("检查表", "form")
_ISSUES = Messages("发现", "findings")
_LINE_HEADINGS = (
    Messages("序号", "no."), Messages("检查项目", "part"), Messages("检查内容", "question"), Messages("结果", "answer"),
    Messages("问题数", "faults"), Messages("问题（规则、位置）", "findings (rule, place)"), Messages("复核意见", "reviewer"),
)  # fmt: skip
_ISSUE_HEADINGS = (
    Messages("部门", "disclosure"), Messages("检查项目", "part"), Messages("程度", "severity"), Messages("规则", "rules"),
    Messages("问题", "finding"), Messages("位置", "place"), Messages("接受的理由", "accepted because"),
)  # fmt: skip
_LINE_WIDTHS, _ISSUE_WIDTHS = (6, 22, 34, 10, 8, 80, 20), (30, 22, 9, 12, 80, 50, 24)
# A workbook states when it was made; ours is always the same so that the same reports give the same bytes.
_MADE = datetime(2000, 1, 1)
_NUMBER_OF_ANSWER = 3
_CELL_LIMIT = 32_000
_COLOURS = {"yes": ("#14532D", "#E6F4EA"), "no": ("#B3261E", "#FDECEA"), "unknown": ("#4A525B", "#F6F7F8")}


def to_page(forms: Sequence[Form], language: Language) -> str:
    """Return the form of one disclosure, or the matrix and the forms of several, as a page without scripts."""
    return page(
        "checklist.html",
        forms=forms,
        items=items(),
        answers=ANSWERS,
        language=language,
        title=TITLE,
        headings=_LINE_HEADINGS[:-1],
        w=lambda messages: said(messages, language),
        cell=lambda line: cell(line, language),
    )


def to_workbook(forms: Sequence[Form], language: Language) -> bytes:
    """Return the form of one disclosure, or the matrix of several, with all findings, as xlsx."""
    # Imported here: the command that only prints a page does not need it.
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": said(TITLE, language), "created": _MADE})
        writer = _Writer(book, language)
        if len(forms) == 1:
            writer.form(forms[0])
        else:
            writer.matrix(forms)
        writer.issues(forms)
    return buffer.getvalue()


def cell(line: Line, language: Language) -> str:
    """Return an answer with the number of faults, ``是（2）``; as it stands in a matrix."""
    answer = said(ANSWERS[line.answer], language)
    return f"{answer}（{line.faults}）" if line.faults else answer


class _Writer:
    """Writes sheets. Every text is written as text: nothing of a document is ever a formula."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self._book, self._language = book, language
        frame = {"border": 1, "border_color": "#D5DADF", "valign": "top", "text_wrap": True}
        self._plain = book.add_format(frame)
        self._head = book.add_format({**frame, "bold": True, "bg_color": "#F6F7F8"})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._answers = {
            name: book.add_format({**frame, "align": "center", "font_color": ink, "bg_color": tint})
            for name, (ink, tint) in _COLOURS.items()
        }

    def form(self, form: Form) -> None:
        """Write the form of one disclosure, with room for the reviewer, who may overwrite the answers."""
        sheet = self._sheet(_FORM, _LINE_WIDTHS)
        sheet.write_string(0, 0, self._said(TITLE), self._title)
        sheet.write_string(1, 0, self._said(form.title))
        self._header(sheet, 3, _LINE_HEADINGS)
        for number, line in enumerate(form.lines, 1):
            row = 3 + number
            sheet.write_number(row, 0, number, self._plain)
            sheet.write_string(row, 1, self._said(line.item.name), self._plain)
            sheet.write_string(row, 2, self._said(line.item.question), self._plain)
            sheet.write_string(row, 3, self._said(ANSWERS[line.answer]), self._answers[line.answer])
            sheet.write_number(row, 4, line.faults, self._plain)
            sheet.write_string(row, 5, self._sentences(line), self._plain)
            sheet.write_string(row, 6, "", self._plain)
        allowed = [self._said(words) for words in ANSWERS.values()]
        last = 3 + len(form.lines)
        sheet.data_validation(4, _NUMBER_OF_ANSWER, last, _NUMBER_OF_ANSWER, {"validate": "list", "source": allowed})

    def matrix(self, forms: Sequence[Form]) -> None:
        """Write a row for each disclosure, a column for each line."""
        sheet = self._sheet(_MATRIX, (30, 8, *(12 for _ in items())))
        sheet.write_string(0, 0, self._said(TITLE), self._title)
        self._header(sheet, 3, (_ISSUE_HEADINGS[0], _LINE_HEADINGS[4], *(item.name for item in items())))
        sheet.freeze_panes(4, 1)
        for row, form in enumerate(forms, 4):
            sheet.write_string(row, 0, self._said(form.title), self._plain)
            sheet.write_number(row, 1, form.faults, self._plain)
            for column, line in enumerate(form.lines, 2):
                sheet.write_string(row, column, cell(line, self._language), self._answers[line.answer])

    def issues(self, forms: Sequence[Form]) -> None:
        """Write a row for each finding of all disclosures."""
        sheet = self._sheet(_ISSUES, _ISSUE_WIDTHS)
        self._header(sheet, 0, _ISSUE_HEADINGS)
        found = [(form, line, issue) for form in forms for line in form.lines for issue in line.issues]
        for row, (form, line, issue) in enumerate(found, 1):
            texts = [self._said(words) for words in (form.title, line.item.name, issue.weight)]
            texts += [issue.rules, self._said(issue.text), self._said(issue.place), issue.accepted]
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text[:_CELL_LIMIT], self._plain)
        if found:
            sheet.autofilter(0, 0, len(found), len(_ISSUE_HEADINGS) - 1)

    def _sheet(self, name: Messages, widths: Sequence[int]) -> Worksheet:
        sheet = self._book.add_worksheet(self._said(name))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def _header(self, sheet: Worksheet, row: int, headings: Sequence[Messages]) -> None:
        for column, heading in enumerate(headings):
            sheet.write_string(row, column, self._said(heading), self._head)
        sheet.freeze_panes(row + 1, 0)
        sheet.repeat_rows(row)

    def _sentences(self, line: Line) -> str:
        """Return the issues of a line, one below the other, until the cell is full."""
        return "\n".join(sentence(issue, self._language) for issue in line.issues)[:_CELL_LIMIT]

    def _said(self, messages: Messages) -> str:
        return said(messages, self._language)


def sentence(issue: Issue, language: Language) -> str:
    """Return an issue as a reviewer writes it: severity and rules, what is wrong, and where."""
    text, place = said(issue.text, language), said(issue.place, language)
    accepted = f"（已接受：{issue.accepted}）" if language == "zh" else f" (accepted: {issue.accepted})"
    where = f"（{place}）" if language == "zh" else f" ({place})"
    return f"【{said(issue.weight, language)} {issue.rules}】{text}{where if place else ''}{accepted if issue.accepted else ''}"

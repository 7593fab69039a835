"""Sentences of the notes as other places write them: what is read of them, and what is left alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from budgetlod import pipeline
from budgetlod.interpret.outline import RawSection
from budgetlod.interpret.prose import Known, ProseReader
from budgetlod.interpret.wordings import Words
from budgetlod.mapping.disclosure import to_triples
from budgetlod.model.cube import ChangeOf, Point
from budgetlod.model.document import Paragraph, Place, TextLine
from budgetlod.model.notes import Mention, Project
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.read.sources import find_sources
from budgetlod.validate.report import Report
from tests.interpret.synthetic import write
from tests.interpret.synthetic_style import SECTIONS, Style

HERE = Place(line=1)
LEXICON = load_lexicon()
OUT = Point(fiscalYear=2031, flow="expenditure")
IN = Point(fiscalYear=2031, flow="revenue")
GENERAL = OUT._replace(source="general-public")
SCHOOL = "教育支出（类）普通教育（款）小学教育（项）"
PRIMARY = GENERAL._replace(function="2050202")


def read(*paragraphs: str, phase: str = "budget", section: str = "overview", known: Known | None = None) -> ProseReader:
    projects = [
        Project(f"P{n}", f"P{n}", name, "performance", HERE)
        for n, name in enumerate(("示范楼修缮费", "教师培训经费", "校园网络费"), 1)
    ]
    reader = ProseReader(Words(LEXICON, 2031, projects, []), phase, known or Known({}, ()), "x")
    reader.read(RawSection(1, "", section, HERE), [Paragraph((TextLine(text, HERE),)) for text in paragraphs])
    return reader


def stated(*paragraphs: str, phase: str = "budget", known: Known | None = None) -> list[tuple[object, Decimal | None]]:
    return [(m.states, m.amount) for m in read(*paragraphs, phase=phase, known=known).mentions]


def yuan(value: str) -> Decimal:
    return Decimal(value) * 10000


# --- codes of classifications --------------------------------------------------------------------------------------------


def test_a_path_of_names_is_a_code_and_the_next_sentences_are_about_it() -> None:
    found = stated(
        f"1.“{SCHOOL}”科目25.10万元，主要用于教学。2030年当年预算执行数为60.20万元，2031年预算安排25.10万元。"
    )
    before = PRIMARY._replace(fiscalYear=2030, phase="executed")
    assert found == [(PRIMARY, yuan("25.10")), (before, yuan("60.20")), (PRIMARY, yuan("25.10"))]


def test_a_change_against_another_phase_is_a_change_of_its_own() -> None:
    (_, change, share) = read(f"{SCHOOL}9万元，比上年执行数减少1万元。主要用于教学，比上年预算数下降2.5%。").mentions
    assert change.states == ChangeOf(PRIMARY, 2030, "executed")
    assert (change.amount, change.direction, change.compared) == (yuan("-1"), "decrease", 0)
    assert (share.states, share.amount, share.percent) == (ChangeOf(PRIMARY, 2030), None, Decimal("-2.5"))


def test_final_accounts_state_the_budget_and_the_account_of_a_code() -> None:
    found = stated(f"{SCHOOL}。主要用于：教学。年初预算为9.00万元，支出决算为8.50万元。", phase="final")
    assert found == [(PRIMARY, yuan("9.00")), (PRIMARY._replace(phase="final"), yuan("8.50"))]


def test_a_path_goes_on_below_the_class_named_before() -> None:
    found = stated(
        "（一）教育支出（类）", "1.普通教育（款）小学教育（项）支出5万元。", "2.普通教育（款）初中教育（项）支出6万元。"
    )
    assert found == [(PRIMARY, yuan("5")), (PRIMARY._replace(function="2050203"), yuan("6"))]


def test_codes_in_brackets_count_behind_their_own_name() -> None:
    found = stated("1.小学教育（2050202）5万元，较上年增加1万元；工资福利支出（301）7万元；某某事务（2050299）8万元。")
    wages = GENERAL._replace(economic="301")
    assert found == [(PRIMARY, yuan("5")), (ChangeOf(PRIMARY, 2030), yuan("1")), (wages, yuan("7"))]


def test_the_tables_settle_of_which_money_a_code_is_spoken_of() -> None:
    fund = OUT._replace(source="government-fund", function="2050202")
    known = Known({PRIMARY: [yuan("5")], fund: [Decimal("60004.00")]}, ())
    assert stated(f"{SCHOOL}6.00万元", known=known) == [(fund, yuan("6.00"))]
    assert stated(f"{SCHOOL}7.00万元", known=known) == [(PRIMARY, yuan("7.00"))]


def test_a_class_without_a_mark_counts_where_a_table_states_it() -> None:
    education = GENERAL._replace(function="205")
    known = Known({education: [yuan("5")]}, ())
    text = "支出预算9万元，其中：教育支出5万元，国防支出4万元。比上年增加1万元。"
    assert stated(text, known=known) == [(OUT, yuan("9")), (education, yuan("5")), (ChangeOf(OUT, 2030), yuan("1"))]


def test_inside_the_sentence_of_a_code_general_words_are_its_parts() -> None:
    found = stated(f"{SCHOOL}9万元，其中：基本支出6万元，公务接待费1万元。基本支出80万元。")
    basic = PRIMARY._replace(nature="basic")
    assert found == [(PRIMARY, yuan("9")), (basic, yuan("6")), (OUT._replace(nature="basic"), yuan("80"))]


# --- words that nothing is known of --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "某某事务支出5万元",
        "某某（类）某某（款）某某（项）5万元",
        "培训收入5万元",
        "信访维稳项目经费5万元",
        "单价100万元以上的设备",
        "因某某资金减少700万元",
        "比上年下降5%",
        "某某完成率提高5%",
    ],
)
def test_unknown_words_never_stand_for_a_whole(text: str) -> None:
    assert stated(text) == []


def test_a_change_behind_an_amount_of_unknown_words_is_of_nothing_else() -> None:
    assert stated("基本支出5万元，某某支出2万元，比上年增加1万元。与上年相比增加3万元。")[1:] == [
        (ChangeOf(OUT._replace(nature="basic"), 2030), yuan("3"))
    ]


def test_a_change_in_the_next_sentence_is_of_the_figure_the_last_one_opened_with() -> None:
    project = OUT._replace(nature="project")
    found = stated("基本支出5万元。项目支出6万元，其中其他资金1万元。与上年相比增加3万元。")
    assert found[-1] == (ChangeOf(project, 2030), yuan("3"))


def test_words_behind_a_noun_are_a_part_of_what_it_says() -> None:
    operating = OUT._replace(source="fiscal", item="agency-operating")
    assert stated("机关运行经费财政拨款预算5万元") == [(operating, yuan("5"))]
    carried = IN._replace(source="general-public", vintage="carried")
    assert stated("上年结转的一般公共预算收入5万元") == [(carried, yuan("5"))]


def test_funds_are_received_where_the_whole_is() -> None:
    found = stated("预算收入9万元，其中：一般公共预算拨款5万元，事业收入4万元。事业收入4万元。")
    assert [point for point, _ in found] == [
        IN, IN._replace(source="general-public"), IN._replace(source="undertaking"), IN._replace(source="undertaking"),
    ]  # fmt: skip


def test_numbers_in_a_reason_are_part_of_it() -> None:
    text = "项目支出9万元，比上年增加2万元，主要原因是新增某某资金10万元，基本支出减少8万元等；基本支出5万元。"
    reader = read(text)
    assert [m.amount for m in reader.mentions] == [yuan("9"), yuan("2"), yuan("5")]
    assert reader.problems == []


@pytest.mark.parametrize("words", ["与上年基本持平", "与上年大致持平"])
def test_about_the_same_is_no_statement_of_an_amount(words: str) -> None:
    assert stated(f"基本支出5万元，{words}。") == [(OUT._replace(nature="basic"), yuan("5"))]


# --- changes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "percent"),
    [("增加1万元，增长2.50%", "2.50"), ("增加1万元，下降2.50%", "-2.50"), ("减少1万元，下降3%", "-3")],
)
def test_a_percentage_goes_the_way_its_own_word_says(text: str, percent: str) -> None:
    found = read(f"基本支出5万元，比上年{text}").mentions[1].percent
    assert str(found) == percent


def test_an_increase_of_less_than_nothing_keeps_both_signs() -> None:
    (mention,) = read("基本支出比上年增加-1万元").mentions
    assert (mention.amount, mention.direction) == (yuan("-1"), "increase")


@pytest.mark.parametrize(
    ("words", "against", "named"), [("比2030年", 2030, 2030), ("较2029年预算", 2029, 2029), ("与上年相比", 2030, 0)]
)
def test_the_year_compared_with(words: str, against: int, named: int) -> None:
    (mention,) = read(f"基本支出{words}减少1万元").mentions
    assert mention.states == ChangeOf(OUT._replace(nature="basic"), against)
    assert mention.compared == named


def test_final_accounts_compare_with_the_budget_of_their_year() -> None:
    (mention,) = read("基本支出比年初预算减少1万元", phase="final").mentions
    assert mention.states == ChangeOf(OUT._replace(nature="basic", phase="final"), 2031, "budget")


# --- lists of projects ---------------------------------------------------------------------------------------------------


def _listed(mentions: list[Mention]) -> list[tuple[int | None, int | None]]:
    return [(mention.listed, mention.position) for mention in mentions]


def test_a_numbered_list_is_counted_by_its_numbers() -> None:
    text = "预算项目4个，1.教师培训经费项目预算3.5万元；2.某某工作经费8万元；3.示范楼修缮费2万元，用于修缮。"
    assert _listed(read(text).mentions) == [(3, None), (None, 1), (None, 3)]


def test_a_list_without_numbers_is_one_where_it_speaks_of_projects_alone() -> None:
    text = "预算项目2个，其中：校园网络费3万元，示范楼修缮费2万元。"
    assert _listed(read(text).mentions) == [(2, None), (None, 1), (None, 2)]
    assert _listed(read(text.replace("示范楼修缮费", "基本支出")).mentions)[0] == (None, None)


# --- what is said in words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("基本支出比上年减少1万元，主要原因是人员退休。", "人员退休"),
        (
            "基本支出比上年减少1万元。减少的主要原因：一是人员退休；二是厉行节约；项目支出5万元。",
            "一是人员退休;二是厉行节约",
        ),
        ("基本支出比上年减少1万元，主要是厉行节约。", "厉行节约"),
        ("基本支出比上年减少1万元，主要原因是。", ""),
        ("基本支出比上年减少1万元，主要原因是：", ""),
        ("基本支出比上年减少1万元，主要原因是×××。", ""),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    (remark,) = read(text).remarks
    assert remark.reason == reason
    assert remark.explains == ChangeOf(OUT._replace(nature="basic"), 2030)


def test_a_reason_may_go_on_in_the_next_paragraph_but_not_behind_a_heading() -> None:
    text = "基本支出比上年减少1万元，主要原因是"
    assert read(text, "人员退休。").remarks == []
    assert [remark.reason for remark in read(text, "（二）项目支出").remarks] == [""]


def test_parts_given_as_amounts_are_no_reason() -> None:
    assert read("支出预算比上年减少3万元，主要为基本支出减少2万元，项目支出减少1万元。").remarks == []


def test_directions_left_undecided_are_kept_and_their_numbers_left() -> None:
    reader = read("政府性基金预算收入0万元，与上年相比增加（减少）0万元，增长（减少）0%。基本支出增加/减少2万元。")
    assert [remark.printed for remark in reader.remarks] == ["增加（减少）0万元", "增加/减少2万元"]
    assert all(remark.undecided for remark in reader.remarks)
    assert len(reader.mentions) == 1


def test_uses_of_agency_operating_costs() -> None:
    text = "机关运行经费安排5万元，主要用于办公费、印刷费，办公用房水电费及某某费等。"
    found = [(remark.printed, remark.uses) for remark in read(text, section="agency-operating").remarks]
    assert found == [("办公费", ("30201",)), ("印刷费", ("30202",)), ("办公用房水电费", ("30205", "30206"))]


@pytest.mark.parametrize(
    ("text", "name", "project"),
    [
        ("项目支出增加3万元，主要为新增加的项目，对操场扩建改造。", "操场扩建改造", ""),
        ("项目支出增加3万元，原因是新增校园网络扩容项目。", "校园网络扩容", "P3"),
        ("项目支出减少3万元，原因是新增校园网络扩容项目。", "", ""),
        ("项目支出增加3万元，原因是新增3个项目。", "", ""),
    ],
)
def test_new_projects(text: str, name: str, project: str) -> None:
    found = [(remark.new_project, remark.project) for remark in read(text).remarks if remark.new_project]
    assert found == ([(name, project)] if name else [])


# --- from the text to the report -----------------------------------------------------------------------------------------


def item() -> tuple[str, Decimal]:
    """Return an item of the invented budget by its path of names, and its amount in 万元."""
    cells = write(Style()).cells.items()
    code, amount = next(
        (point.function, amount)
        for (table, _, _), (point, amount) in cells
        if table == "general-public-expenditure" and len(point.function) == 7 and point.nature == "_T"
    )
    codes = LEXICON.codes("function").codes
    names = zip((code[:3], code[:5], code), ("类", "款", "项"), strict=True)
    return "".join(f"{codes[part].label}（{level}）" for part, level in names), amount / 10000


def checked(folder: Path, *said: str) -> Report:
    """Check an invented disclosure that says something more at the end of its overview."""
    text, heading = write(Style()).text, f"三、{SECTIONS[2]}"
    before, after = text.rsplit(heading, 1)
    (folder / "x.txt").write_text("\n\n".join([before, *said, heading + after]), encoding="utf-8")
    disclosure = pipeline.read_source(find_sources([folder / "x.txt"])[0])
    return pipeline.check(to_triples(disclosure, LEXICON), "laws")


def grave(report: Report) -> list[tuple[str, str]]:
    return [(r.severity, r.shape.rpartition("/")[2]) for r in report.results if r.severity != "info"]


def test_the_amount_of_an_item_must_be_that_of_its_row(tmp_path: Path) -> None:
    name, amount = item()
    assert grave(checked(tmp_path, f"{name}{amount}万元，主要用于教学。")) == []
    assert grave(checked(tmp_path, f"{name}{amount + 1}万元，主要用于教学。")) == [("violation", "Agreement")]


def test_the_change_of_an_item_must_follow_from_both_years(tmp_path: Path) -> None:
    name, amount = item()
    text = f"{name}{amount}万元，比2030年预算数{amount + 2}万元减少2.00万元，{{}}{2 / (amount + 2) * 100:.2f}%。"
    assert grave(checked(tmp_path, text.format("下降"))) == []
    assert grave(checked(tmp_path, text.format("增长"))) == [("warning", "PercentChange")]
    older = text.format("下降").replace("2030", "2029")
    assert grave(checked(tmp_path, older)) == [("warning", "ComparedYear")]
    wrong = text.format("下降").replace("减少2.00", "减少3.00").split("，下降")[0]
    assert grave(checked(tmp_path, wrong)) == [("violation", "YearOnYear")]


def test_what_a_template_leaves_behind_is_found(tmp_path: Path) -> None:
    text = "政府性基金预算收入0.00万元，与上年相比增加（减少）0万元。", "基本支出的变化，主要原因是。"
    assert grave(checked(tmp_path, *text)) == [("warning", "BrokenReason"), ("warning", "DirectionUndecided")]

"""Whose, which year, what and in which unit: of every disclosure of the corpus, and why the other files are none.

Expected values are written here as the documents print them (``index.csv`` of the corpus describes the same), since
file names are wrong about several.
"""

from __future__ import annotations

import pytest

from budgetlod.interpret.disclosure import interpret
from budgetlod.model.problem import BadInput
from budgetlod.rdf.lexicon import load_lexicon
from budgetlod.read.registry import read_document
from tests.corpus.documents import CORPUS, disclosure, needs_corpus, rows

TEN_THOUSAND, YUAN = "cny-10k", "cny"
# Folder: name, area, year, phase, level, units of the budget tables.
EXPECTED: dict[str, tuple[str, str, int, str, str, set[str]]] = {
    "beijing-shenjiju-2026-budget-narrative": ("北京市审计局", "110000", 2026, "budget", "department", set()),
    "beijing-shenjiju-2026-budget-tables": ("北京市审计局", "110000", 2026, "budget", "department", {TEN_THOUSAND}),
    "changsha-xinfangju-2026-budget": ("长沙市信访局", "430100", 2026, "budget", "department", {TEN_THOUSAND}),
    "chongqing-xuanchuanbu-2026-budget": ("中共重庆市委宣传部", "500000", 2026, "budget", "department", {TEN_THOUSAND}),
    "fuzhou-yibaoju-2026-budget": ("福州市医疗保障局", "350100", 2026, "budget", "department", {TEN_THOUSAND}),
    "guangzhou-xinfangju-2026-budget": ("广州市信访局", "440100", 2026, "budget", "department", {TEN_THOUSAND}),
    "hangzhou-qixiangju-2026-budget": ("杭州市气象局", "330100", 2026, "budget", "department", {TEN_THOUSAND}),
    "jiangsu-renda-2018-budget": ("江苏省人大常委会办公厅", "320000", 2018, "budget", "department", {TEN_THOUSAND}),
    "kunming-shenjiju-2026-budget-html": ("昆明市审计局", "530100", 2026, "budget", "consolidated", set()),
    "shanghai-putuo-caizhengju-2024-final": ("上海市普陀区财政局", "310107", 2024, "final", "department", {TEN_THOUSAND}),
    "shanghai-putuo-caizhengju-2025-budget": (
        "上海市普陀区财政局", "310107", 2025, "budget", "department", {YUAN, TEN_THOUSAND}),
    "shanghai-putuo-wanli-2024-budget": (
        "上海市普陀区人民政府万里街道办事处", "310107", 2024, "budget", "department", {YUAN, TEN_THOUSAND}),
    "shanghai-putuo-wanli-2025-budget": (
        "上海市普陀区人民政府万里街道办事处", "310107", 2025, "budget", "department", {YUAN, TEN_THOUSAND}),
    "shanghai-putuo-zhengfuban-2025-budget": (
        "上海市普陀区人民政府办公室", "310107", 2025, "budget", "department", {YUAN, TEN_THOUSAND}),
    "shanghai-shi-shenjiju-2026-unit-budget": ("上海市审计局", "310000", 2026, "budget", "unit", {YUAN, TEN_THOUSAND}),
    "shenzhen-xinfangju-2026-budget": ("深圳市信访局", "440300", 2026, "budget", "department", {TEN_THOUSAND}),
    "wuxi-xinfangju-2025-budget": ("无锡市信访局", "320200", 2025, "budget", "department", {TEN_THOUSAND}),
    "xian-xinfangju-2026-budget": ("西安市信访局", "610100", 2026, "budget", "consolidated", {YUAN}),
    "xian-yibaoju-2022-budget-yuan": ("西安市医疗保障局", "610100", 2022, "budget", "department", {YUAN}),
    "yantai-shenjiju-2026-budget": ("烟台市审计局", "370600", 2026, "budget", "department", {TEN_THOUSAND}),
    "yantai-tuiyijunren-2026-budget-html": ("烟台市退役军人事务局", "370600", 2026, "budget", "department", {TEN_THOUSAND}),
}  # fmt: skip
REFUSED = {
    "neg-ningbo-xuncha-notice": ("not-a-disclosure", "announcement (巡 察 通 告)"),
    "neg-putuo-budget-blank-template-xls": ("blank-form", "上海市普陀区XX单位 is still to be filled in"),
}
QUESTIONS = {"identity-name", "identity-fiscal-year", "identity-area", "told-two-ways", "unit-missing"}

pytestmark = needs_corpus


def test_every_disclosure_of_the_corpus_is_expected() -> None:
    assert {row["folder"] for row in rows()} == set(EXPECTED)


@pytest.mark.parametrize("folder", EXPECTED)
def test_identity(folder: str) -> None:
    read = disclosure(folder)
    who, lexicon = read.identity, load_lexicon()
    units = {s.unit for s in read.content.statements if lexicon.statements[s.type].group == "budget"}
    assert (who.name, who.area, who.fiscal_year, who.phase, who.level, units) == EXPECTED[folder]
    assert who.organization == f"{who.area}-{who.name}"
    assert not QUESTIONS & {problem.code for problem in read.problems}


@pytest.mark.parametrize("folder", [folder for folder, expected in EXPECTED.items() if not expected[-1]])
def test_disclosures_of_prose_say_that_their_tables_are_elsewhere(folder: str) -> None:
    assert "tables-missing" in {problem.code for problem in disclosure(folder).problems}


@pytest.mark.parametrize("folder", REFUSED)
def test_other_files_are_refused_with_the_reason(folder: str) -> None:
    with pytest.raises(BadInput) as raised:
        interpret(read_document(next((CORPUS / folder).glob("source.*"))), load_lexicon())
    code, words = REFUSED[folder]
    assert [problem.code for problem in raised.value.problems] == [code]
    assert words in raised.value.problems[0].en

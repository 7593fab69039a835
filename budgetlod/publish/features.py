"""The registry of what a publication shows. To add a feature, write its functions and add a row."""

from __future__ import annotations

from budgetlod.publish.query_page import feature as query
from budgetlod.publish.site import (
    assets,
    code_facts,
    codes,
    data_page,
    department,
    disclosure,
    feed,
    figure,
    guide,
    home,
    ontology,
    project,
    report,
    rules,
    search,
    source_page,
    statement,
    term_facts,
    text_page,
)
from budgetlod.publish.stages import Feature

FEATURES: tuple[Feature, ...] = (
    Feature("disclosure", pages=disclosure.pages, summary=disclosure.summary),
    Feature("text", pages=text_page.pages),
    Feature("source", pages=source_page.pages),
    Feature("statement", pages=statement.pages, summary=statement.summary),
    Feature("figure", pages=figure.pages),
    Feature("project", pages=project.pages, summary=project.summary, overview=project.overview),
    Feature("report", pages=report.pages, summary=report.summary),
    Feature("ontology", summary=term_facts.summary, overview=ontology.pages),
    Feature("rule", overview=rules.pages),
    Feature("code", summary=code_facts.summary, overview=codes.pages),
    Feature("search", overview=search.pages),
    Feature("assets", overview=assets.pages),
    Feature("home", overview=home.pages),
    Feature("query", overview=query.pages),
    Feature("changes", pages=feed.pages, overview=feed.overview),
    Feature("department", overview=department.pages),
    Feature("guide", overview=guide.pages),
    Feature("data", overview=data_page.pages),
)

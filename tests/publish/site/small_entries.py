"""Entries made by hand: what the overview pages are made from, without reading a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from budgetlod.publish.counts import Counts
from budgetlod.publish.entry import Entry
from budgetlod.publish.item import Publisher
from budgetlod.publish.quality import Quality
from budgetlod.publish.settings import BASE, PublicationSettings
from budgetlod.publish.stages import Overview


def entry(org: str, year: int, amount: str = "", phase: str = "budget", **more: Any) -> Entry:
    """Return an entry of a department with one total; ``more`` goes into its summary."""
    folder = f"dataset/{org}/{year}-{phase}"
    area = more.pop("area", ["甲市", "City A", "110000"])
    quality: Quality | None = more.pop("quality", Quality(0, 1, 2, 0, mapped=9, unmapped=0))
    name = more.pop("name", f"部门{org}")
    said = {
        "area": area, "whole": [f"{BASE}{folder}/figure/expenditure", amount] if amount else None, "natures": {}, "items": {},
        "strips": [], "opening": {"zh": "", "en": ""}, "change": None, "projects": 0, "units": [], **more,
    }  # fmt: skip
    return Entry(
        iri=BASE + folder, folder=folder, fiscal_year=year, phase=phase, title_zh=f"{name}{year}年", title_en=f"{org} {year}",
        publisher=Publisher(f"{BASE}organization/{org}", name, f"Department {org}"), quality=quality, counts=Counts(), summaries={"disclosure": said},
        source_file="source.txt",
    )  # fmt: skip


def overview(folder: Path, *entries: Entry, **settings: Any) -> Overview:
    """Return what the pages of the whole are made from."""
    return Overview(entries, PublicationSettings(**settings), folder, {})

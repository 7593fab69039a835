"""Read all rows of a table together: what a row says can depend on the rows around it.

Which unit a row belongs to, which total a total is, whether a table is printed unit by unit without naming the units,
and which of two rows with the same code bears the wrong one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgetlod.core.text import label_key
from budgetlod.interpret.fragments import RawRow
from budgetlod.interpret.headings import Heading
from budgetlod.interpret.row_sides import Reading, Side
from budgetlod.interpret.row_units import Unit, UnitNames, bodies_of
from budgetlod.interpret.rows import RowReader
from budgetlod.interpret.totals import with_grand_totals
from budgetlod.interpret.unnamed_units import CodedRow, unnamed_units
from budgetlod.model.document import Place

Readings = list[list[Reading]]
"""What each row says, on each side."""


def read_rows(
    reader: RowReader, rows: Sequence[RawRow], headings: Sequence[Heading], sides: Sequence[Side]
) -> Readings:
    """Return what each row says on each side."""
    readings = [[reader.read(row, side) for side in sides] for row in rows]
    if reader.type.carry_over_decides:
        readings = _with_totals(readings, sides, dict(reader.type.fixes))
    names = UnitNames(reader.labels.department, reader.labels.units, reader.lexicon)
    bodies, units = bodies_of(rows, headings, names)
    if any(body is not None for body in bodies):
        return [
            [_of_body(reading, body, unit) for reading in read]
            for read, body, unit in zip(readings, bodies, units, strict=True)
        ]
    if len(sides) == 1:
        column = _without_slips([read[0] for read in readings], reader, [row.places[0] for row in rows])
        readings = [[reading] for reading in _by_unnamed_unit(column)]
    return readings


def _with_totals(readings: Readings, sides: Sequence[Side], fixed: Mapping[str, str]) -> Readings:
    columns = []
    for number, side in enumerate(sides):
        column = [read[number] for read in readings]
        given = dict(fixed) | (dict(side.amounts[0].coordinates) if side.amounts else {})
        said = [(_word(reading), reading.coordinates) for reading in column]
        where = with_grand_totals(said, given)
        columns.append([r._replace(coordinates=w) for r, w in zip(column, where, strict=True)])
    return [list(read) for read in zip(*columns, strict=True)]


def _word(reading: Reading) -> str:
    return reading.meaning or ("entry" if reading.entries or reading.code or reading.label else "")


# --- units --------------------------------------------------------------------------------------------------------------


def _of_body(reading: Reading, body: str | None, unit: Unit | None) -> Reading:
    """Return what a row of a unit says; a row that prints the unit alone is its total."""
    said = reading.coordinates
    if said is None and not reading.code and not reading.label:
        said = {}
    if said is None or body is None:
        return reading
    code, label = reading.code, reading.label
    if unit is not None and not code and not label:
        code, label = unit.code, unit.name
    return reading._replace(code=code, label=label, coordinates={"organization": body, **said})


def _by_unnamed_unit(column: Sequence[Reading]) -> list[Reading]:
    """Return the readings with ``unit-n`` as organisation where the table begins anew for each unit."""
    names = unnamed_units([_coded(reading) for reading in column])
    return [
        reading._replace(coordinates={**reading.coordinates, "organization": name})
        if name and reading.coordinates is not None
        else reading
        for reading, name in zip(column, names, strict=True)
    ]


def _coded(reading: Reading) -> CodedRow | None:
    """Return the codes of a row, unless something else tells it apart from another row with the same codes."""
    said = reading.coordinates
    if said is None or "organization" in said or said.get("project"):
        return None
    codes = tuple(entry.printed for entry in reading.entries)
    return CodedRow(codes, label_key(reading.label)) if codes and all(codes) else None


# --- codes that are slips -----------------------------------------------------------------------------------------------


def _without_slips(column: Sequence[Reading], reader: RowReader, places: Sequence[Place]) -> list[Reading]:
    """Return the readings with the code that the label names where a code stands twice with different labels.

    The row whose label is not that of the code bears the slip, if no other row has the code that the label names.
    """
    printed: dict[tuple[str, ...], set[str]] = {}
    for reading in column:
        if (row := _coded(reading)) is not None:
            printed.setdefault(row.codes, set()).add(row.label)
    result = []
    for reading, place in zip(column, places, strict=True):
        row = _coded(reading)
        entry = reading.entries[0] if row is not None and len(reading.entries) == 1 else None
        if row is None or entry is None or len(printed[row.codes]) < 2:
            result.append(reading)
        elif entry.named and entry.named != entry.printed and (entry.named,) not in printed:
            zh = f"科目编码 {entry.printed} 重复，按名称“{reading.label}”归入 {entry.named}"
            en = f"the code {entry.printed} is printed twice: the label {reading.label} decides for {entry.named}"
            reader.findings.add("label-decides", "info", zh, en, place.words())
            result.append(reading._replace(coordinates={**(reading.coordinates or {}), entry.dimension: entry.named}))
        else:
            result.append(reading)
    return result

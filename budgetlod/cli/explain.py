"""``budgetlod explain``: what a rule says, why it exists, and how to correct a fault."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

import click

from budgetlod.validate.rule_text import SCHEMA, listing, rule_record, rule_text, shape_record, shape_text
from budgetlod.validate.rules import Rule, ShapeNote, explain_shape, groups, rule_ids
from budgetlod.validate.rules import explain as explained
from budgetlod.validate.shapes import families
from budgetlod.validate.subject import Language


@click.command()
@click.argument("names", nargs=-1, metavar="[RULE|SHAPE]...")
@click.option("--group", metavar="LETTER", help="List only the rules of a group: A tables, B between tables …")
@click.option("--family", metavar="NAME", help="List only the rules that a family of shapes checks.")
@click.option("--shape", "with_shapes", is_flag=True, help="Add the shapes as their files have them.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the text.")
def explain(
    names: tuple[str, ...], group: str | None, family: str | None, with_shapes: bool, form: str, lang: str
) -> None:
    """Explain each RULE (A36) or SHAPE (RollUp); without one, list all rules."""
    if names and (group or family):
        raise click.UsageError("--group and --family choose from the list; give them without a rule.")
    found: Sequence[Rule | ShapeNote] = [_named(name) for name in names] if names else _chosen(group, family)
    language = cast(Language, lang)
    if form == "json":
        click.echo(_json(found, with_shapes=with_shapes))
    elif names or with_shapes:
        click.echo("\n\n".join(_text(one, language, with_shapes=with_shapes) for one in found))
    else:
        click.echo(listing((rule for rule in found if isinstance(rule, Rule)), language))


def _named(name: str) -> Rule | ShapeNote:
    return explain_shape(name) or explained(name)


def _chosen(group: str | None, family: str | None) -> list[Rule]:
    """Return the rules of a group and a family, all where neither is given."""
    if group and group.upper() not in groups():
        raise click.BadParameter(f"no group {group!r}; there are {', '.join(groups())}.", param_hint="--group")
    if family and family not in families():
        raise click.BadParameter(f"no family {family!r}; there are {', '.join(families())}.", param_hint="--family")
    rules = (explained(name) for name in rule_ids() if not group or name.startswith(group.upper()))
    return [rule for rule in rules if not family or family in {shape.family for shape in rule.shapes}]


def _text(one: Rule | ShapeNote, language: Language, *, with_shapes: bool) -> str:
    if isinstance(one, Rule):
        return rule_text(one, language, with_shapes=with_shapes)
    known = set(rule_ids())
    rules = [explained(name) for name in one.identifiers if name in known]
    return shape_text(one, rules, language, with_shapes=with_shapes)


def _json(found: Sequence[Rule | ShapeNote], *, with_shapes: bool) -> str:
    record = {
        "schema": SCHEMA,
        "rules": [rule_record(one, with_shapes=with_shapes) for one in found if isinstance(one, Rule)],
        "shapes": [shape_record(one, with_shapes=with_shapes) for one in found if isinstance(one, ShapeNote)],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)

"""Which variables the parts of a query mention, bind and compute."""

from __future__ import annotations

from budgetlod.validate.fast.syntax import Expression, Group, Item


def needed(expression: Expression) -> set[str]:
    """Return the variables that occur in an expression and in the groups of its EXISTS."""
    return expression.variables().union(*map(mentioned, expression.groups))


def mentioned(group: Group) -> set[str]:
    """Return the variables that occur in a group, of sub-queries those that they answer with."""
    found = bound_by(group)
    for item in group.items:
        found |= needed(item.expression)
        found = found.union(*map(mentioned, item.groups))
    return found


def bound_by(group: Group) -> set[str]:
    """Return the variables that a group may bind."""
    return set[str]().union(*map(bound_by_item, group.items))


def bound_by_item(item: Item) -> set[str]:
    """Return the variables that a member of a group may bind."""
    found = {token.variable for token in item.tokens if token.variable} | ({item.target} - {""})
    if item.select is not None:
        found |= set(item.select.variables)
    return found.union(*map(bound_by, item.groups))


def computed_by(group: Group) -> set[str]:
    """Return what a group computes by itself."""
    found = {item.target for item in group.items if item.kind == "bind"}
    return found.union(*(computed_by(inner) for item in group.items for inner in item.groups))


def in_triples(group: Group) -> set[str]:
    """Return the variables that occur in the triples of a group and of the groups of EXISTS in it."""
    found = set[str]()
    for item in group.items:
        found |= {token.variable for token in item.tokens if token.variable}
        found = found.union(*map(in_triples, (*item.groups, *item.expression.groups)))
    return found

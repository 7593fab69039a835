"""How precise the amounts of prose are: one section may round to whole 万元 what another prints with two decimals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from budgetlod.model.lexicon import Lexicon
from budgetlod.model.notes import Mention

_DECIMALS = re.compile(r"\d\.\d")
# So many different amounts without decimals are no longer amounts whose zeros were left off.
_FEWEST = 3


def with_precision(mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the mentions, those of a section whose amounts are all whole with what one of their unit is worth."""
    sections: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.amount:
            sections[mention.section].append(mention)
    whole = {section for section, found in sections.items() if _are_whole(found)}
    for mention in mentions:
        code = lexicon.lists["unit"].codes.get(mention.unit)
        rounded = mention.amount is not None and mention.section in whole and code is not None
        yield mention._replace(precision=code.factor) if rounded and code is not None else mention


def _are_whole(mentions: Sequence[Mention]) -> bool:
    different = {mention.amount for mention in mentions}
    return len(different) >= _FEWEST and not any(_DECIMALS.search(mention.printed) for mention in mentions)

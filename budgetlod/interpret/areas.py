"""The area of a department: its name begins with the names of the divisions it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from budgetlod.model.codes import CodeList

_PARTY = re.compile(
    r"^(?:中共|中国共产党|中国共产主义青年团|共青团|中国国民党革命委员会|民革|民盟|民建|民进|农工党|致公党|九三学社)"
)
# Not places, but what the list of divisions calls districts of a city as a whole.
_GROUPS = re.compile(r"^(?:市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$")
_ENDINGS = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")
# A place further down that the list lacks: then what was found is too high up.
_FURTHER_DOWN = re.compile(
    r"^[^局委厅办院会署处所站]{1,8}?(?:新区|开发区|高新区|示范区|实验区|度假区|保税区|自治县|县|(?<![社地小城校园辖牧林库])区)(?!域|划|块|级|人大)"
)


class Areas:
    """Finds the divisions that a name begins with."""

    def __init__(self, areas: CodeList) -> None:
        self.areas = areas
        self.named: dict[str, list[str]] = {}
        self.full = {(key, code) for key, codes in areas.keys.items() for code in codes if not _GROUPS.match(key)}
        for key, code in sorted(self.full):
            self.named.setdefault(key, []).append(code)
        for code, division in areas.codes.items():
            for key in _short(code, division.label):
                self.named.setdefault(key, []).append(code)
        self.longest = max((len(key) for key in self.named), default=0)

    def of(self, name: str) -> tuple[str, ...]:
        """Return the codes of the areas that a name can belong to: none, one, or several of the same name."""
        name = _PARTY.sub("", name)
        found = self._deepest("", name)
        best = min((len(rest) for _, rest in found), default=len(name))
        codes = {code for code, rest in found if len(rest) == best and not _FURTHER_DOWN.match(rest)}
        return tuple(sorted(codes))

    def is_area(self, name: str) -> bool:
        """Return whether a name is that of an area and nothing more."""
        return any(not rest for _, rest in self._deepest("", name))

    def mentioned(self, codes: Iterable[str], text: str) -> tuple[str, ...]:
        """Return those of the codes of which an area above is named in a text."""
        return tuple(
            code for code in codes if any(self.areas.codes[above].label in text for above in self._above(code))
        )

    def label(self, code: str) -> str:
        """Return the full name of an area, from the province down."""
        above = [self.areas.codes[c].label for c in reversed(self._above(code))]
        return "".join(label for label in (*above, self.areas.codes[code].label) if not _GROUPS.match(label))

    def _above(self, code: str) -> list[str]:
        return [above for above, _, _ in self.areas.steps(code) if above in self.areas.codes]

    def _deepest(self, inside: str, text: str) -> list[tuple[str, str]]:
        """Return (code, rest of the text) for the divisions inside one that a text begins with, as deep as it goes."""
        found: list[tuple[str, str]] = []
        for end in range(2, min(len(text), self.longest) + 1):
            for code in self.named.get(text[:end], ()):
                if not inside or inside in self._above(code):
                    rest = text[end:]
                    deeper = self._deepest(code, rest)
                    if deeper or (text[:end], code) in self.full:
                        found += deeper or [(code, rest)]
        return found


def _short(notation: str, label: str) -> list[str]:
    """Return the short name of a province (江苏), which counts only before a division inside it (江苏南京市)."""
    if not notation.endswith("0000"):
        return []
    return [label.removesuffix(ending) for ending in _ENDINGS if label.endswith(ending)][:1]

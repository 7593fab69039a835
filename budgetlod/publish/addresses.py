"""From an IRI to the file and fragment that answer for it on a host of plain files, and links between pages.

What has a path under the base has a folder with ``index.html`` (``index.en.html`` in English where there are two); what is
a fragment is an anchor there. Rules are all on one page, each an anchor by its id. Places in a text source are lines of its page (browsers know no ``#line=``); places in
other sources keep their fragment (``#page=``, RFC 8118).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal
from urllib.parse import quote, unquote

from budgetlod.rdf.names import BLOD, CODE, RULE

Language = Literal["zh", "en"]
PAGE_NAMES: Final[Mapping[Language, str]] = {"zh": "index.html", "en": "index.en.html"}
FEEDS: Final[Mapping[Language, str]] = {"zh": "changes.atom", "en": "changes.en.atom"}
CHANGE_PAGES: Final[Mapping[Language, str]] = {"zh": "changes.html", "en": "changes.en.html"}
ONE_PAGE: Final = ("/figure/", "code/")
"""Parts of paths whose pages hold both languages in one file."""
_LINE = re.compile(r"^line=\d+,(\d+)$")
_SOURCE = re.compile(r"^dataset/[^/]+/[^/]+/[^/]+\.[A-Za-z0-9]{2,5}$")


def page_of(iri: str, base: str, language: Language = "zh") -> str:
    """Return the path of the file that answers for an IRI, with its fragment; ``""`` for an IRI of somebody else."""
    if iri.startswith(RULE):
        return f"rule/{PAGE_NAMES[language]}#{iri.removeprefix(RULE)}"
    resource, mark, fragment = iri.partition("#")
    path = _path(resource, base)
    if path is None:
        return ""
    if _SOURCE.match(path):
        return _source(path, mark, fragment)
    name = PAGE_NAMES["zh" if any(part in f"{path}/" for part in ONE_PAGE) else language]
    return f"{posixpath.join(path, name)}{mark}{unquote(fragment)}"


def link(here: str, there: str) -> str:
    """Return the relative reference from the file ``here`` to a path with or without a fragment, encoded for ``href``.

    ``link("dataset/x/2024-budget/index.html", "code/flow/outlay/index.html#top") == "../../../code/flow/outlay/index.html#top"``
    """
    path, mark, fragment = there.partition("#")
    *down, name = path.split("/")
    up = _folders(here)
    shared = 0
    while shared < min(len(up), len(down)) and up[shared] == down[shared]:
        shared += 1
    relative = "../" * (len(up) - shared) + quote("/".join((*down[shared:], name)), safe="/-._~")
    return f"{relative}{mark}{quote(fragment, safe='-._~/=,')}" if mark else relative


@lru_cache(maxsize=256)
def _folders(path: str) -> list[str]:
    return path.split("/")[:-1]


def _path(resource: str, base: str) -> str | None:
    """Return the decoded path below the publication's root, without a slash at its end."""
    if resource + "#" == BLOD:
        return "ontology"
    if resource.startswith(CODE):
        return "code/" + unquote(resource.removeprefix(CODE))
    if resource.startswith(base):
        return unquote(resource.removeprefix(base)).rstrip("/")
    return None


def _source(path: str, mark: str, fragment: str) -> str:
    """Return the place in a source: a line of the page that shows a text, the fragment as it is in any other file."""
    line = _LINE.match(fragment)
    return f"{posixpath.dirname(path)}/source/index.html#L{line[1]}" if line else path + mark + fragment

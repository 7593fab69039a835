"""Does a SPARQL text use a word as a keyword? Decided by the engine's own parser, not by a pattern.

A pattern cannot tell ``SERVICE <…>`` from a comment, a string or a name that contains the word, and whoever writes
a second tokenizer finds a text that the two read differently. So the parser that will run the query is asked
twice: if the text still parses when the word is replaced by a random one, the word stood in a name, a string, an
IRI or a comment; if not, it was a keyword. The replacement is random, so that no prefix can be declared for it,
and different for every spelling in capitals and small letters, so that two names never become one.
"""

from __future__ import annotations

import re
import secrets
import string

from pyoxigraph import Store


def uses_keyword(text: str, word: str, prefixes: dict[str, str] | None = None) -> bool:
    """Tell whether ``word`` (any case) is a keyword in ``text``; also true when ``text`` does not parse at all.

    ``prefixes`` are those that ``text`` may use without declaring them.
    """
    pattern = re.compile(re.escape(word), re.IGNORECASE | re.ASCII)
    if not pattern.search(text):
        return False
    stem = "".join(secrets.choice(string.ascii_lowercase) for _ in range(16))
    return not _parses(pattern.sub(lambda found: stem + _spelling(found[0]), text), prefixes)


def _spelling(word: str) -> str:
    return "".join("u" if letter.isupper() else "l" for letter in word)


def _parses(text: str, prefixes: dict[str, str] | None) -> bool:
    try:
        Store().query(
            text, prefixes=prefixes
        )  # an empty store: nothing to read, and the text cannot call a service any more
    except SyntaxError:
        return False
    return True

"""Encodings of web pages."""

from __future__ import annotations

import pytest

from budgetlod.model.problem import BadInput
from budgetlod.read.html.decode import decode

TEXT = "部门预算公开：收入合计 1,234.50 万元"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (TEXT.encode("utf-8"), "nothing declared"),
        (b"<meta charset=gb2312>" + TEXT.encode("gb18030"), "declared"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=GBK">' + TEXT.encode("gb18030"), "declared"),
        (TEXT.encode("gb18030"), "told by its bytes"),
        (b"<meta charset=gb2312>" + TEXT.encode("utf-8"), "saved again, the declaration is old"),
        (b"<meta charset=utf-8>" + TEXT.encode("gb18030"), "declared wrongly"),
        (b'<?xml version="1.0" encoding="gb2312"?>' + TEXT.encode("gb18030"), "XHTML"),
        (b"<meta charset=big5>" + "預算公開".encode("big5"), "traditional characters"),
        (b"<meta charset=no-such-thing>" + TEXT.encode("utf-8"), "unknown label"),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8"), "byte order mark"),
        (TEXT.encode("utf-16"), "byte order mark"),
    ],
)
def test_the_encoding_is_told(data: bytes, why: str) -> None:
    decoded = decode(data, "x")
    assert decoded.text.endswith(("預算公開", TEXT)), why
    assert not decoded.damaged


def test_a_broken_character_does_not_make_another_encoding() -> None:
    # Two bytes too few: all of it is well-formed GB18030, of nonsense.
    decoded = decode("收入".encode() * 60 + b"\xe4\xb8" + "收入".encode() * 60, "x")
    assert decoded.text == "收入" * 60 + "\ufffd" + "收入" * 60


def test_a_single_broken_character_is_marked() -> None:
    decoded = decode(TEXT.encode("utf-8") * 50 + b"\xe4\xb8" + TEXT.encode("utf-8") * 50, "x")
    assert decoded.damaged
    assert decoded.text.count("\ufffd") == 1


@pytest.mark.parametrize(
    ("data", "code"), [(b"<p>\x00\x01", "source-binary"), (b"\xff\x80\xfe" * 50, "source-encoding")]
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        decode(data, "x")
    assert caught.value.problems[0].code == code

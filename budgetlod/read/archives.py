"""Open office documents, which are zip files, without being harmed by what they declare to hold."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from budgetlod.model.problem import BadInput, Problem
from budgetlod.read.limits import check_members

# What the standard library raises over members that are cut off, lie or use packing that it does not know.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_GIVE_WHOLE = ("请提供完整的文件", "give the complete file")


def damaged(path: Path, zh: str, en: str, code: str = "source-damaged") -> Problem:
    """Return the problem of a file that is cut off or broken."""
    return Problem(code, "error", zh, en, *_GIVE_WHOLE, str(path))


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open a zip file, its directory checked.

    Raises :class:`BadInput` when it is broken, behind a password, or would unpack to more than any document holds.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise BadInput(damaged(path, f"文件已损坏：{error}", f"the file is damaged: {error}")) from error
    try:
        _check(path, archive.infolist())
    except BadInput:
        archive.close()
        raise
    return archive


def _check(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise BadInput(locked(path))
    check_members(str(path), members)


def locked(path: Path) -> Problem:
    """Return the problem of a file behind a password."""
    hint = ("请取消密码后另存", "save it without a password")
    zh, en = "文件已加密，需要密码", "the file is encrypted, it needs a password"
    return Problem("source-encrypted", "error", zh, en, *hint, str(path))


def read_member(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of a member; raises :class:`BadInput` when it is broken or longer than it declares."""
    try:
        return archive.read(name)
    except _BROKEN as error:
        raise BadInput(damaged(path, f"文件已损坏：{name}", f"the file is damaged: {name}: {error}")) from error
    except KeyError as error:
        raise BadInput(
            damaged(path, f"文件不完整，缺少 {name}", f"the file is incomplete: {name} is missing")
        ) from error

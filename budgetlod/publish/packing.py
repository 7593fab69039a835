"""gzip that says nothing about when, where and by whom (RFC 1952)."""

from __future__ import annotations

import zlib

# Magic, deflate, no flags (so no file name), modification time 0, no hint, unknown system.
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
# Level 3 takes two fifths of the time of level 6 on sorted N-Triples and gives a quarter more bytes.
_LEVEL = 3


def gzip_bytes(content: bytes) -> bytes:
    """Return ``content`` as one gzip member.

    The deflate stream depends on the zlib build; the manifest therefore also gives the sha256 of the content.
    """
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(content) + packer.flush()
    ending = zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
    return _HEADER + body + ending

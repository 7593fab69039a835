"""What a publication says about itself as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from budgetlod.publish.item import Contact, Publisher

BASE = "https://w3id.org/budgetlod/data/"


@dataclass(frozen=True, slots=True)
class PublicationSettings:
    """Names and addresses of the catalogue.

    ``base`` is the IRI that all data IRIs begin with, ``site`` the address that files are downloaded from
    (``""``: the same as ``base``); both end in ``/``. ``publisher`` is the body behind the catalogue; without one
    it is the publisher of the first disclosure. ``contact`` is whom to ask about the publication as a whole; without
    one it is the contact of the publisher's latest disclosure. ``licence`` is the IRI of the catalogue's licence;
    without one it is that of the disclosures if they all have the same. ``endpoint`` is the address of a SPARQL
    endpoint that serves the data (``""``: there is none). Raises ``ValueError`` when an address does not end in ``/``.
    """

    base: str = BASE
    site: str = ""
    title_zh: str = "部门预算公开关联数据"
    title_en: str = "Department budget disclosures as linked data"
    description_zh: str = "由各部门公开的预算文本读出的数字、出处与核对结果，以关联数据发布。"
    description_en: str = "Figures read from published budget disclosures, with their evidence, as linked open data."
    publisher: Publisher | None = None
    licence: str = ""
    contact: Contact | None = None
    endpoint: str = ""

    def __post_init__(self) -> None:
        """Check the addresses."""
        for name in ("base", "site"):
            address = getattr(self, name)
            if address and not address.endswith("/"):
                raise ValueError(f"{name} must end in '/': {address!r}")

    @property
    def download_base(self) -> str:
        """The address that file paths are appended to."""
        return self.site or self.base

    def address(self, path: str) -> str:
        """Return the address of a file of the publication (a relative path)."""
        return self.download_base + path

"""Certificates in words, for the pages of learners, trainers and the public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from courses.certificates.certificate import Certificate, CertificateState

TONES: dict[str, str] = {
    CertificateState.VALID: "ok",
    CertificateState.EXPIRED: "warn",
    CertificateState.REVOKED: "bad",
}


@dataclass(frozen=True)
class DescribedCertificate:
    row: Certificate
    state: CertificateState

    def __getattr__(self, name):
        return getattr(self.row, name)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def label(self) -> str:
        return str(self.state.label)

    @property
    def is_valid(self) -> bool:
        return self.state == CertificateState.VALID

    @property
    def is_revoked(self) -> bool:
        return self.state == CertificateState.REVOKED

    @property
    def is_expired(self) -> bool:
        return self.state == CertificateState.EXPIRED

    @property
    def stopped(self) -> date | None:
        return self.row.stopped_on()

    @property
    def replacement(self) -> Certificate | None:
        """The certificate that replaces it; the row must be read with `replaced_by`."""
        return getattr(self.row, "replaced_by", None)


def described(rows: Iterable[Certificate], day: date) -> list[DescribedCertificate]:
    return [DescribedCertificate(row, row.state_on(day)) for row in rows]

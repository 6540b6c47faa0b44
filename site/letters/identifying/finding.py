"""What a text may tell of a person, and where in the text it stands. Pure; nothing here writes or logs a text."""

from dataclasses import dataclass, field
from enum import StrEnum


class Sign(StrEnum):
    """The first two are certain; of the others only who wrote the text knows whether it names a real person."""

    TELEPHONE = "telephone"
    IDENTITY = "identity"
    EVENT = "event"
    BIRTH = "birth"
    MINOR = "minor"


CERTAIN = frozenset({Sign.TELEPHONE, Sign.IDENTITY})


@dataclass(frozen=True, slots=True)
class Finding:
    """`start` to `end` are places in the text in NFC. `said` is a telephone number as it is dialled within the country
    or a name as it was written, to compare with what may be public; it is left out of what is printed.
    """

    sign: Sign
    start: int
    end: int
    said: str = field(default="", repr=False)

    @property
    def is_certain(self) -> bool:
        return self.sign in CERTAIN

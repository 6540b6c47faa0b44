from people.accounts import User
from people.activation import ActivationSlip
from people.audit import Entry
from people.erasure import ErasureRequest
from people.postings import Duty, Posting, RosterConfirmation
from people.roles import Role
from people.sessions import DeviceSession
from people.successions import Reach, Succession
from people.units import Unit, UnitFlag, UnitVersion

__all__ = [
    "ActivationSlip",
    "DeviceSession",
    "Duty",
    "Entry",
    "ErasureRequest",
    "Posting",
    "Reach",
    "Role",
    "RosterConfirmation",
    "Succession",
    "Unit",
    "UnitFlag",
    "UnitVersion",
    "User",
]

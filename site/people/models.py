from people.accounts import User
from people.postings import Duty, Posting, RosterConfirmation
from people.roles import Role
from people.successions import Reach, Succession
from people.units import Unit, UnitFlag, UnitVersion

__all__ = [
    "Duty",
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

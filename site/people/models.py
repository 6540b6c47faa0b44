from people.changes.change import BulkChange, ChangedRow
from people.guarding.insistence import Insistence
from people.guarding.notices import AccountNotice
from people.guarding.role_requests import RoleRequest
from people.guarding.sign_ins import SignIn
from people.log.audit import Entry
from people.messages.day_message import DayMessage, DayRun, Declined, MessagePlan
from people.messages.days_off import DayOff
from people.persons.merges import Merge, NotSame
from people.persons.user import User
from people.postings.posting import Duty, Posting, RosterConfirmation
from people.privacy.erasure import ErasureRequest
from people.reforms.reform import Reform
from people.rights.languages import LanguageWork
from people.rights.roles import Role
from people.roster.acting import ActReason
from people.roster.frozen import ConfirmedList, PersonNumber
from people.signing_in.activation import ActivationSlip
from people.signing_in.sessions import DeviceSession
from people.tries import TryCount
from people.units.levels import SchoolLevels
from people.units.successions import Reach, Succession
from people.units.unit import Unit, UnitFlag, UnitVersion

__all__ = [
    "ActReason",
    "AccountNotice",
    "ActivationSlip",
    "BulkChange",
    "ChangedRow",
    "ConfirmedList",
    "DayMessage",
    "DayOff",
    "DayRun",
    "Declined",
    "DeviceSession",
    "Duty",
    "Entry",
    "ErasureRequest",
    "Insistence",
    "LanguageWork",
    "Merge",
    "MessagePlan",
    "NotSame",
    "PersonNumber",
    "Posting",
    "Reach",
    "Reform",
    "Role",
    "RoleRequest",
    "RosterConfirmation",
    "SchoolLevels",
    "SignIn",
    "Succession",
    "TryCount",
    "Unit",
    "UnitFlag",
    "UnitVersion",
    "User",
]

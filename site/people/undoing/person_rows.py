"""The rows of changes that are about people's accounts: somebody new, or another name, e-mail or telephone.

Somebody whom the change brought stays as a person with a code, but without a way to sign in. Whoever signed in since,
holds a role or another posting, or was changed, is no longer only what the change brought, and stays.
"""

from collections.abc import Sequence

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.changes.change import ChangedRow, Deed
from people.log.audit import record_contacts
from people.persons.contacts import FIELDS as ADDRESSES
from people.persons.contacts import ContactChange, contacts_changed
from people.persons.phones import local_phone
from people.persons.user import PERSON, User, no_password
from people.postings.posting import POSTING, Posting
from people.rights.roles import Role
from people.rights.scope import reaches_everything
from people.signing_in.activation import ActivationSlip
from people.signing_in.sessions import DeviceSession
from people.signing_in.sessions import end as end_session
from people.undoing.kinds import Doing, RowKind, opposite, undoes
from people.undoing.posting_rows import POSTINGS

LABELS = {
    "full_name": gettext_lazy("họ tên"),
    "email": gettext_lazy("email"),
    "phone": gettext_lazy("điện thoại"),
    "is_active": gettext_lazy("được đăng nhập"),
}


class PersonRows(RowKind):
    key = PERSON
    title = gettext_lazy("Người")
    # after the postings: somebody who still has one stays
    order = 40

    def plan(self, rows, chosen, by=None):
        people = self._people(rows)
        reasons = self._of_new([row for row in rows if row.what == Deed.CREATED], people, chosen)
        others = [row for row in rows if row.what != Deed.CREATED]
        return reasons | self._of_changed(others, people, by)

    def _people(self, rows) -> dict[int, User]:
        return User.objects.in_bulk({row.person_id for row in rows})

    def _of_new(self, rows, people: dict[int, User], chosen) -> dict[int, str]:
        if not rows:
            return {}
        ids = [row.person_id for row in rows]
        held = self._posted_still(ids, chosen)
        roles = set(Role.objects.current().filter(user__in=ids).values_list("user", flat=True))
        reasons = {}
        for row in rows:
            person = people[row.person_id]
            if why := self._why_new_stays(row, person, person.pk in roles, person.pk in held):
                reasons[row.pk] = why
        return reasons

    def _posted_still(self, people: Sequence[int], chosen) -> set[int]:
        """Those of them who hold a posting that the same undo does not take away. A posting may have been recorded
        again since the change, by a merge that was taken back; it is the same posting.
        """
        leaving = POSTINGS.leaving(list(chosen.filter(kind=POSTING, person__in=people)), chosen)
        held = Posting.objects.current().filter(person__in=people).values_list("pk", "person")
        return {person for pk, person in held if pk not in leaving}

    def _why_new_stays(self, row: ChangedRow, person: User, has_role: bool, is_posted: bool) -> str:
        if row.after is None:
            return _("Thông tin cũ đã được xóa nên không lấy lại được.")
        if has_role or person.is_superuser:
            return _("Sau đó đã được giao vai trò nên giữ tài khoản.")
        if person.last_login or person.has_usable_password():
            return _("Sau đó đã đăng nhập hoặc đặt mật khẩu nên giữ tài khoản.")
        if changed := self._changed(row, person):
            return _("Sau đó đã đổi %(fields)s nên giữ như hiện nay.") % {"fields": ", ".join(changed)}
        return _("Còn công tác khác nên giữ tài khoản.") if is_posted else ""

    def _of_changed(self, rows, people: dict[int, User], by) -> dict[int, str]:
        if not rows:
            return {}
        wanted = {name: {(row.before or {}).get(name) for row in rows} - {None} for name in ("email", "phone")}
        lower = {value.lower() for value in wanted["email"]}
        taken = User.objects.annotate(lower=Lower("email")).filter(Q(lower__in=lower) | Q(phone__in=wanted["phone"]))
        owners: dict[tuple, int] = {}
        for pk, email, phone in taken.values_list("pk", "lower", "phone"):
            owners |= {("email", email): pk, ("phone", phone): pk}
        guarded = self._guarded(rows, people, by)
        reasons = {}
        for row in rows:
            if why := self._why_changed_stays(row, people[row.person_id], owners, guarded):
                reasons[row.pk] = why
        return reasons

    def _why_changed_stays(self, row: ChangedRow, person: User, owners: dict, guarded: set[int]) -> str:
        if row.before is None or row.after is None:
            return _("Giá trị cũ không còn được giữ nên không lấy lại được.")
        if row.pk in guarded and {"email", "phone"} & row.before.keys():
            return _("Nay có vai trò nên giữ liên hệ; quản trị viên sửa ở mục Cán bộ.")
        if changed := self._changed(row, person):
            return _("Sau đó đã đổi %(fields)s nên giữ như hiện nay.") % {"fields": ", ".join(changed)}
        for name in ("email", "phone"):
            value = row.before.get(name)
            if value and owners.get((name, value.lower()), person.pk) != person.pk:
                return _("%(field)s cũ nay thuộc về người khác nên giữ như hiện nay.") % {"field": LABELS[name]}
        return ""

    def _guarded(self, rows: Sequence[ChangedRow], people: dict[int, User], by) -> set[int]:
        """Rows of people whose addresses stay, since with an address one can have a password sent: of those who were
        given a role after the change, and, where somebody undoes it by a role, of everybody who holds one.
        """
        by_a_role = by is not None and not reaches_everything(by)
        given: dict[int | None, list] = {}
        roles = Role.objects.current().filter(user__in=people)
        for person, at in roles.values_list("user", "given_at"):
            given.setdefault(person, []).append(at)
        return {
            row.pk
            for row in rows
            if any(by_a_role or at >= row.change.begun_at for at in given.get(row.person_id, ()))
            or (by_a_role and people[row.person_id].is_superuser)
        }

    def _changed(self, row: ChangedRow, person: User) -> list[str]:
        return [str(LABELS[name]) for name, value in (row.after or {}).items() if getattr(person, name) != value]

    def undo(self, rows, doing):
        people = self._people(rows)
        new = [people[row.person_id] for row in rows if row.what == Deed.CREATED]
        self._close(new, doing)
        written, told = [], []
        for row in rows:
            person = people[row.person_id]
            # who was new keeps the name: it is the person whom the code means
            values = row.before if row.what != Deed.CREATED else {"email": None, "phone": None, "is_active": False}
            present = {name: getattr(person, name) for name in values}
            for name, value in values.items():
                setattr(person, name, value)
            written.append(self._row(row, present, values))
            old = {name: present[name] for name in ADDRESSES if present.get(name) != values.get(name)}
            # who was new has not signed in: there is no account whose owner must hear
            if old and row.what != Deed.CREATED:
                told.append(ContactChange(person.pk, old))
        User.objects.bulk_update(people.values(), ["full_name", "email", "phone", "is_active", "password"])
        if told:
            record_contacts(((change.person_id, change.old) for change in told), doing.now, doing.by)
            contacts_changed.send(sender=User, changes=told, by=doing.by)
        return written

    def _row(self, row: ChangedRow, before: dict, after: dict) -> ChangedRow:
        """Undoing it in turn is a change of fields, whatever the row was."""
        again = opposite(row, before=before, after=after)
        again.what = Deed.REMOVED if row.what == Deed.CREATED else Deed.CHANGED
        return again

    def _close(self, people: list[User], doing: Doing) -> None:
        if not people:
            return
        for person in people:
            person.password = no_password()
        ActivationSlip.objects.filter(person__in=people, used_at=None, withdrawn_at=None).update(withdrawn_at=doing.now)
        for session in DeviceSession.objects.filter(person__in=people):
            end_session(session)

    def words(self, rows):
        return {row.pk: _words(row) for row in rows}


def _words(row: ChangedRow) -> str:
    if row.before is None:
        return ""
    said = []
    for name, value in row.before.items():
        now = (row.after or {}).get(name)
        said.append(f"{LABELS[name]}: {_shown(name, value)} → {_shown(name, now)}")
    return "; ".join(said)


def _shown(name: str, value) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return (local_phone(value) if name == "phone" else value) if value else "–"


undoes(PersonRows())

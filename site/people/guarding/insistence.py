"""Why somebody kept her wording though a form warned her: an *insistence*, which her unit's head reads.

It says who, when, at which form, which kinds of signs and why; never the text, nor a number or name from it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letters.identifying import Sign
from people import free_text
from people.free_text import FreeLine
from people.log.audit import Act, record
from people.persons.user import User
from people.postings.posting import Posting
from people.rights.roles import RoleKind
from people.rights.scope import kinds_at_the_top, reach_of, reaches_everything, role_units
from people.times import covering, today
from people.units.unit import Unit

# who reads why somebody went on
READERS = {RoleKind.UNIT_HEAD, RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR}
LONGEST = 300
_FORMS: dict[str, str | Promise] = {}


def name_form(code: str, label: str | Promise) -> None:
    """What a form is called in the list; a code has at most 20 letters."""
    _FORMS[code] = label


class Insistence(models.Model):
    """Somebody kept her wording though she was warned. Neither the text nor what it was about is known here."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="insistences")
    # where she was posted then, else where her one role was; NULL: neither, so the province reads it
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)
    # the code of the form
    form = models.CharField(max_length=20)
    # values of Sign, joined by commas
    signs = models.CharField(max_length=80)
    # "" after the erasure of who wrote it
    reason = FreeLine(_("lý do"), max_length=LONGEST, blank=True)

    class Meta:
        verbose_name = _("lần vẫn giữ chữ")
        verbose_name_plural = _("lần vẫn giữ chữ")
        ordering = ["-at", "-pk"]

    @property
    def form_label(self) -> str:
        return str(_FORMS.get(self.form, self.form))

    @property
    def signs_label(self) -> str:
        return free_text.names_of(Sign(sign) for sign in self.signs.split(","))


def insist(by: User, form: str, signs: Iterable[Sign], reason: str, now: datetime) -> Insistence:
    """Keeps why, and an entry of the log that keeps neither text nor reason."""
    posted = Posting.objects.current().filter(covering(today()), person=by).order_by("-start", "-pk")
    unit, joined = posted.values_list("unit", flat=True).first(), ",".join(sorted(set(signs)))
    if unit is None and len(of_roles := role_units(by)) == 1:
        unit = of_roles.pop()
    record(Act.INSISTED, by, unit=unit, detail=form, at=now)
    return Insistence.objects.create(by=by, unit_id=unit, at=now, form=form, signs=joined, reason=reason)


def may_read(user) -> bool:
    return reaches_everything(user) or bool(role_units(user, READERS))


def read_by(user) -> models.QuerySet[Insistence]:
    """Of writers in the reader's reach, newest first."""
    rows = Insistence.objects.select_related("by", "unit")
    if reaches_everything(user):
        return rows
    reached = models.Q(unit__in=reach_of(user, READERS))
    return rows.filter(reached | models.Q(unit=None)) if kinds_at_the_top(user) & READERS else rows.filter(reached)

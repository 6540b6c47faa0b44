"""What a translator's role is for: in which languages she translates, speaks or approves.

One person may translate and approve in the same language, but never the same sentence: that is asked sentence by
sentence where it is decided (`campaigns.translating`). A role from before languages were named has no works and opens
no language until an administrator gives it again.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from config.languages import LANGUAGES, NAMES
from people.rights.roles import Role, RoleKind, end, give
from people.units.unit import Unit

SOURCE = "vi"


class Does(models.TextChoices):
    TRANSLATES = "translates", _("dịch")
    SPEAKS = "speaks", _("đọc, thu tiếng")
    APPROVES = "approves", _("duyệt")


# (language, Does)
Work = tuple[str, str]


class LanguageWork(models.Model):
    role = models.ForeignKey(Role, models.CASCADE, related_name="language_works")
    language = models.CharField(_("tiếng"), max_length=10, choices=LANGUAGES)
    does = models.CharField(_("việc"), max_length=10, choices=Does.choices)

    class Meta:
        verbose_name = _("việc về một tiếng")
        verbose_name_plural = _("việc về các tiếng")
        constraints = [models.UniqueConstraint(fields=["role", "language", "does"], name="language_work_once")]

    def __str__(self):
        return f"{NAMES.get(self.language, (self.language,))[0]}: {self.get_does_display()}"


def works_of(user) -> dict[str, set[str]]:
    """{language: what she does in it} by her current roles; one query for each request, cached on the user."""
    if not (user.is_authenticated and user.is_active):
        return {}
    if not hasattr(user, "_language_works"):
        works: dict[str, set[str]] = defaultdict(set)
        rows = LanguageWork.objects.filter(
            role__user=user, role__ended_at=None, role__kind=RoleKind.TRANSLATOR, language__in=NAMES
        )
        for language, does in rows.values_list("language", "does"):
            works[language].add(does)
        user._language_works = dict(works)
    return user._language_works


def who_does(does: str) -> dict[str, set[int]]:
    """{language: ids of the active people who do this in it}; one query."""
    people: dict[str, set[int]] = defaultdict(set)
    rows = LanguageWork.objects.filter(does=does, role__ended_at=None, role__user__is_active=True)
    for language, person in rows.values_list("language", "role__user"):
        people[language].add(person)
    return dict(people)


def without_languages():
    """Current translator roles that name no language: from before, or given by the server."""
    return Role.objects.current().filter(kind=RoleKind.TRANSLATOR, language_works=None)


@transaction.atomic
def give_works(user, unit: Unit, works: Iterable[Work], by=None) -> Role:
    """Gives the translator's role with these works. One that names others ends first, since a role is never edited and
    it stays known who could do what and when. Raises what `give` raises.
    """
    works = set(works)
    current = Role.objects.current().filter(user=user, kind=RoleKind.TRANSLATOR, unit=unit).first()
    if current is not None:
        if set(current.language_works.values_list("language", "does")) == works:
            return current
        end(current, by=by)
    role = give(user, RoleKind.TRANSLATOR, unit, by)
    LanguageWork.objects.bulk_create(
        LanguageWork(role=role, language=language, does=does) for language, does in sorted(works)
    )
    return role


# --- as forms and requests write them: "ktv:translates"


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """By language, as the groups of a form."""
    return [
        (name, [(f"{tag}:{does.value}", f"{name}: {does.label}") for does in Does])
        for tag, (name, _own) in NAMES.items()
        if tag != SOURCE
    ]


def written(works: Iterable[Work]) -> str:
    return ",".join(sorted(f"{language}:{does}" for language, does in works))


def told(works: Iterable[Work]) -> str:
    """For people: "Tiếng Cơ Tu: dịch, duyệt; Tiếng Lào: dịch"."""
    by_language: dict[str, list[str]] = defaultdict(list)
    for language, does in sorted(works):
        by_language[language].append(str(Does(does).label))
    return "; ".join(f"{NAMES[tag][0]}: {', '.join(what)}" for tag, what in by_language.items())


def read(text: str) -> set[Work]:
    """Raises nothing: what is no work is left out."""
    pairs = (one.partition(":") for one in text.split(","))
    return {(tag, does) for tag, _colon, does in pairs if tag in NAMES and tag != SOURCE and does in Does.values}

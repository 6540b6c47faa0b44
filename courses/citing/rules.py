"""Changes of the law in the rules of requirements as a citing kind, for who sets the rules; and the certificates that
were made under a document, or by a course that cites an article: each reader's own.
"""

from collections.abc import Collection, Iterator, Mapping

from django.db.models import Model
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.certificates.certificate import Certificate
from courses.citing.steps import CONVERSATIONS, LESSONS
from courses.content.structure import all_structures
from courses.requirements.requirement import RequirementRule
from pages.laws.indexing import index
from pages.laws.kinds import CitingKind, Led, Passage, Reading, Shown, Where, cites, leads
from pages.laws.parsing import citations
from people.persons.merges import one_person
from people.rights.roles import RoleKind
from people.rights.scope import kinds_at_the_top
from people.times import today

SETTING_KINDS = {RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR}


def _read(targets: Collection[str] | None) -> Iterator[Passage]:
    rules = RequirementRule.objects.current().exclude(law="")
    if targets is not None:
        rules = rules.filter(requirement__in=[int(target) for target in targets])
    for rule in rules:
        yield Passage(str(rule.requirement_id), "", rule.law)


def _show(reading: Reading, rows: Collection[Where]) -> Mapping[Where, Shown]:
    user = reading.user
    if not (user.is_superuser or kinds_at_the_top(user) & SETTING_KINDS):
        return {}
    rules = RequirementRule.objects.current().filter(requirement__in=[int(target) for target, _p, _d in rows])
    found = {
        str(pk): Shown(name, reverse("requirements:edit", args=[pk]))
        for pk, name in rules.values_list("requirement", "requirement__name")
    }
    return {row: found[row[0]] for row in rows if row[0] in found}


def _target(rule: Model) -> str:
    return str(rule.requirement_id)  # type: ignore[attr-defined]


RULES = CitingKind("rules", gettext_lazy("Yêu cầu tập huấn, thay đổi luật"), 50, RequirementRule, _read, _show, _target)
cites(RULES)


def connect() -> None:
    """A rule is no page: what is written anew is followed when it is saved."""
    post_save.connect(_follow, sender=RequirementRule, dispatch_uid="courses.citing.rules")


def _follow(sender, instance: RequirementRule, **kwargs) -> None:
    index(RULES, [_target(instance)])


@leads
def certificates(reading: Reading, document: str, article: str, rows: Collection[tuple]) -> Led | None:
    """Of an article by the courses whose lessons cite it; of a document as a whole also by the law of their rules."""
    keys = _courses_of(
        reading, {target for kind, target, _place, draft in rows if kind in (LESSONS, CONVERSATIONS) and not draft}
    )
    if not article:
        keys |= _courses_under(document)
    if not keys:
        return None
    usable = Certificate.objects.usable_on(today()).filter(person__in=one_person(reading.user), course_key__in=keys)
    shown = tuple(
        Shown(
            one.course_title,
            reverse("check_certificate", args=[one.written_code]),
            _("cấp ngày %s") % f"{one.issued_on:%d/%m/%Y}",
        )
        for one in usable.order_by("-issued_on", "-pk")
    )
    return Led(_("Chứng nhận của anh chị, từ khóa học dẫn điều luật này"), shown)


def _courses_of(reading: Reading, steps: set[str]) -> set[str]:
    return {
        course.key
        for course in all_structures(reading.content, reading.language)
        if any(str(step.key) in steps for step in course.steps)
    }


def _courses_under(document: str) -> set[str]:
    """The courses of which a rule in force names this document."""
    rules = RequirementRule.objects.current().exclude(law="")
    return {
        key
        for rule in rules
        if any(one.document == document for one in citations(rule.law))
        for key in rule.course_keys
    }

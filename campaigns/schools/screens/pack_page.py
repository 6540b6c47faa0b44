"""What stands on the first page of a lesson beside the editor's words: what it costs, who approved it, what is near."""

from campaigns.schools.approving import approves_lessons
from campaigns.schools.blocks.adaptations import name_of
from campaigns.schools.lesson import SchoolLessonPage, digest_of
from campaigns.schools.log.whose import WRITING_KINDS
from campaigns.schools.paper_cost import cost_of
from campaigns.schools.series import follows
from campaigns.schools.steps import short_steps_of, steps_of
from people.rights.roles import role_kinds


def pack_context(request, page: SchoolLessonPage) -> dict:
    """One query for who is not signed in: for what comes next."""
    user = request.user
    decides = user.is_authenticated and approves_lessons(user)
    return {
        "steps": steps_of(page),
        "has_short": bool(short_steps_of(page)),
        "cost": cost_of(page),
        "adaptations": [(name_of(one.value), one.value["text"]) for one in page.adaptations],
        "after": follows(_beside(page), page) if page.pk else None,
        "decides": decides,
        "adapts": user.is_authenticated and page.copied is None and bool(role_kinds(user) & WRITING_KINDS),
        "digest": digest_of(page) if decides else "",
    }


def _beside(page: SchoolLessonPage):
    return SchoolLessonPage.objects.sibling_of(page, inclusive=False).live().filter(school_copy=None)

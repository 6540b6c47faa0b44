"""In the queue: sentences to approve or to mend, what the campaign lead has to answer, roles that name no language."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.translating import whose
from campaigns.translating.remarks import Remark
from campaigns.translating.rules import State
from campaigns.translating.sentences import Change, SentenceTranslation, SourceSentence
from people.rights.admin_policy import ADMINISTRATORS, MANAGERS
from people.rights.languages import Does, without_languages, works_of
from people.rights.roles import RoleKind
from people.roster.waiting import Desk, Waiting, tally, waits


@waits(62)
def sentences(desk: Desk) -> list[Waiting]:
    """Of who translates or approves: what was sent back to her, and what others wrote that waits in her languages."""
    if not desk.reader.holds({RoleKind.TRANSLATOR}):
        return []
    works = works_of(desk.user)
    approves = [language for language, what in works.items() if Does.APPROVES in what]
    rows = SentenceTranslation.objects.filter(source__gone_at=None)
    waiting = rows.filter(state=State.AWAITING, orthography__language__in=approves).exclude(translator=desk.user)
    back = rows.filter(~Q(word=""), translator=desk.user, state=State.DRAFT)
    here = reverse("desk:home")
    return [
        Waiting(_("Câu dịch chờ duyệt"), tally(waiting), here),
        Waiting(_("Câu dịch được gửi lại để sửa"), tally(back), here),
    ]


@waits(63)
def of_the_lead(desk: Desk) -> list[Waiting]:
    found = []
    if desk.reader.holds(MANAGERS) and whose.leads(desk.user):
        changed = SourceSentence.objects.present().filter(change=Change.UNSAID)
        asked = Remark.objects.filter(cannot=True, answered_at=None)
        here = reverse("desk:corrected")
        found += [
            Waiting(_("Câu tiếng Việt đã sửa: cùng ý hay trước đây sai"), tally(changed), here),
            Waiting(_("Câu mà người dịch nói không dịch được như vậy"), tally(asked), here),
        ]
    if desk.reader.holds(ADMINISTRATORS) and whose.leads(desk.user):
        roles = tally(without_languages())
        found.append(Waiting(_("Người dịch chưa được nêu tiếng: giao lại vai trò"), roles, reverse("roles:index")))
    return found

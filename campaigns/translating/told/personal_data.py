"""What the desk holds of a person: sentences she wrote or approved, remarks, and whether her name may be public."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.translating.remarks import GlossaryWord, Remark
from campaigns.translating.sentences import NamedApprover, SentenceTranslation
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("cau-dich", gettext_lazy("Câu tôi dịch hoặc duyệt"), order=96)
def sentences(person: User) -> list[dict]:
    hers = Q(translator=person) | Q(live_translator=person) | Q(approver=person)
    rows = SentenceTranslation.objects.filter(hers).select_related("source", "orthography").order_by("pk")
    return [
        {
            _("Tiếng"): str(row.orthography),
            _("Câu tiếng Việt"): row.source.text,
            _("Câu dịch"): row.text,
            _("Tôi dịch"): person.pk in (row.translator_id, row.live_translator_id),
            _("Tôi duyệt"): row.approver_id == person.pk,
            _("Duyệt lúc"): row.approved_at,
        }
        for row in rows
    ]


@section("loi-ban-dich", gettext_lazy("Lời bàn và từ tôi đề nghị ở bàn dịch"), order=97)
def remarks(person: User) -> list[dict]:
    said = Remark.objects.filter(Q(by=person) | Q(answered_by=person)).order_by("at", "pk")
    rows = [{_("Lúc"): one.at, _("Lời bàn"): one.text, _("Trả lời"): one.answer} for one in said]
    words = GlossaryWord.objects.filter(Q(proposed_by=person) | Q(agreed_by=person)).order_by("pk")
    rows += [{_("Lúc"): one.proposed_at, _("Lời bàn"): str(one), _("Trả lời"): ""} for one in words]
    agreed = NamedApprover.objects.filter(person=person).first()
    return rows + (
        [{_("Lúc"): agreed.agreed_at, _("Lời bàn"): _("Đồng ý nêu tên"), _("Trả lời"): ""}] if agreed else []
    )


def _forget(sender, person: User, **kwargs) -> None:
    NamedApprover.objects.filter(person=person).delete()


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="campaigns.translating.personal_data")

"""What a reviewer writes with her decision: read by the page's editor, so it is guarded like any free text."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm

from people import free_text
from people.guarding.insistence import LONGEST, insist, name_form
from people.guarding.wording import judged, unfit

NO_NAMES = _("Không ghi chuyện riêng của nạn nhân.")
FORM = "commune_review"


class GuardedComment(TaskStateCommentForm):
    """A number stops it; an uncertain sign asks for a reason, whose field is there from the first: the dialog that
    shows the form is drawn anew with what is wrong, and nothing typed is lost.
    """

    insisting = forms.CharField(
        label=_("Vẫn giữ như đã viết, lý do"),
        required=False,
        max_length=LONGEST,
        help_text=_("Chỉ ghi khi ô trên bị nhắc mà phải giữ; thủ trưởng đơn vị đọc lý do này."),
    )

    def clean(self):
        data = super().clean()
        about = judged(data.get("comment") or "", None)
        for said in about.refusals:
            self.add_error("comment", said)
        if about.signs and (why := unfit(data.get("insisting") or "", None)):
            self.add_error("comment", about.warning)
            self.add_error("insisting", why)
        return data


class ApprovalForm(GuardedComment):
    comment = forms.CharField(
        label=_("Lời nhắn"), required=False, help_text=NO_NAMES, widget=forms.Textarea({"rows": 3})
    )


class SendBackForm(GuardedComment):
    comment = forms.CharField(
        label=_("Cần sửa gì, vì sao"),
        help_text=_("Biên tập viên đọc lý do này trong trang của mình. Không ghi chuyện riêng của nạn nhân."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Hãy nêu lý do gửi lại, để biên tập viên biết cần sửa gì.")},
    )


def guard(comment: str, insisting: str, user) -> None:
    """Once more as the decision is made, whichever way it came. Raises PermissionDenied with one sentence."""
    if said := free_text.refusals(comment):
        raise PermissionDenied(said[0])
    about = judged(comment, user)
    if not about.signs:
        return
    if why := unfit(insisting, user):
        raise PermissionDenied(f"{about.warning} {why}")
    insist(user, FORM, about.signs, insisting.strip(), timezone.now())


def name_review() -> None:
    name_form(FORM, _("Lời của người duyệt trang xã"))

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm

NO_NAMES = _("Không ghi chuyện riêng của nạn nhân.")


class ApprovalForm(TaskStateCommentForm):
    comment = forms.CharField(
        label=_("Lời nhắn"), required=False, help_text=NO_NAMES, widget=forms.Textarea({"rows": 3})
    )


class SendBackForm(TaskStateCommentForm):
    comment = forms.CharField(
        label=_("Cần sửa gì, vì sao"),
        help_text=_("Biên tập viên đọc lý do này trong trang của mình. Không ghi chuyện riêng của nạn nhân."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Hãy nêu lý do gửi lại, để biên tập viên biết cần sửa gì.")},
    )

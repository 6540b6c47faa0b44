"""What can be done with chosen people, beside reminding them and printing a call list."""

from django.utils.translation import gettext_lazy as _

from courses.acts.registry import PeopleAct, offer_act
from people.rights.scope import ROSTER_KINDS, TRAINING_KINDS

ACTS = [
    PeopleAct("phieu", _("In phiếu kích hoạt"), "reports:slips_chosen", ROSTER_KINDS),
    PeopleAct("lop", _("Mời vào lớp"), "reports:invite_chosen", TRAINING_KINDS),
    PeopleAct("khoa", _("Giao khóa học thêm"), "reports:assign_chosen", ROSTER_KINDS),
    PeopleAct("kem", _("Chọn người kèm"), "reports:buddy_chosen", ROSTER_KINDS),
    PeopleAct("mien", _("Đề nghị miễn, hoãn"), "reports:excuse_chosen", ROSTER_KINDS),
    PeopleAct("gia-han", _("Đề nghị gia hạn"), "reports:extend_chosen", ROSTER_KINDS),
]


def connect() -> None:
    for act in ACTS:
        offer_act(act)

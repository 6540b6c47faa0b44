"""What the courses tell in a person's message of the day, and what can be done with chosen people.

Both topics are duties, so nobody stops them.
"""

from django.utils.translation import gettext_lazy as _

from courses.acts.registry import PeopleAct, offer_act
from courses.reminders import due, rising
from people.messages.topics import Topic, topic
from people.rights.roles import PEOPLE_KINDS

DUE = Topic(due.TOPIC, _("Hạn tập huấn của mình"), True, due.falling, due.standing)
RISING = Topic(rising.TOPIC, _("Người quá hạn trong đơn vị"), True, rising.falling, rising.standing)


REMIND = PeopleAct("nhac", _("Nhắc ngay"), "reminders:remind", PEOPLE_KINDS)
PRINT = PeopleAct("goi", _("In danh sách gọi"), "reminders:print_calls", PEOPLE_KINDS)


def connect() -> None:
    topic(DUE)
    topic(RISING)
    offer_act(REMIND)
    offer_act(PRINT)

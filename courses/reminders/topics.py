"""What the courses tell in a person's message of the day. Both are duties, so nobody stops them."""

from django.utils.translation import gettext_lazy as _

from courses.reminders import due, rising
from people.messages.topics import Topic, topic

DUE = Topic(due.TOPIC, _("Hạn tập huấn của mình"), True, due.falling, due.standing)
RISING = Topic(rising.TOPIC, _("Người quá hạn trong đơn vị"), True, rising.falling, rising.standing)


def connect() -> None:
    topic(DUE)
    topic(RISING)

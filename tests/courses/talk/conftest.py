"""A course, and what its learner asks beside the first lesson."""

from uuid import uuid4

import pytest
from django.utils import timezone
from factories import make_course
from sharing import shared

from courses.talk.inquiries.asking import Wish, ask


@shared
def small_course():
    return make_course(lessons=2)


@pytest.fixture
def lesson(small_course):
    return small_course.lessons[0]


@pytest.fixture
def asks(small_course, lesson):
    """`asks(person, text, for_unit=True)`: the inquiry."""

    def put(person, text="Khi nào thì gọi 111?", for_unit=False, named=False, key=None, now=None):
        wish = Wish(small_course.course.key, lesson.translation_key, text, for_unit, named)
        return ask(person, wish, key or uuid4(), now or timezone.now())

    return put

"""A small course with the small conversation."""

import pytest
from conversations import make_conversation
from factories import make_course
from sharing import shared


@shared
def talk_course():
    course = make_course(lessons=1, questions=1)
    course.conversation = make_conversation(course.module)
    return course


@pytest.fixture
def here(cast, client_of):
    return client_of(cast.learner)

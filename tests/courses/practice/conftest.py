"""A small course with the small conversation."""

import pytest
from conversations import small_data
from factories import make_course, make_page
from sharing import shared

from courses.practice.conversations.page import ConversationPage
from courses.practice.conversations.writing import fields_of


def make_conversation(module, **changes):
    data = {"id": "nho", "slug": "nguoi-o-ben-xe", **small_data()}
    return make_page(module, ConversationPage, **{**fields_of(data), **changes})


@shared
def talk_course():
    course = make_course(lessons=1, questions=1)
    course.conversation = make_conversation(course.module)
    return course


@pytest.fixture
def here(cast, client_of):
    return client_of(cast.learner)

"""Comments beside a field of the editor: a number of somebody is refused with a sentence, at the form and the store."""

import html
import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from factories import make_course, make_person
from sharing import shared
from wagtail.models import Comment, CommentReply
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from people import free_text

pytestmark = pytest.mark.django_db
NUMBER = "Hỏi lại chị chủ nhà, 0905 123 456"
STORY = "Chị Bhling Thị Đào ở thôn Aur bị lừa: có nên kể không?"


@pytest.fixture
def editor():
    return make_person("Trần Thị Lan", "BT-001", is_superuser=True)


@shared
def lesson():
    return make_course().lessons[0]


@pytest.fixture
def send(lesson, editor, client_of):
    client = client_of(editor)

    def post(*comments, initial=0):
        fields = {
            "title": lesson.title,
            "slug": lesson.slug,
            "body": streamfield([("text", {"text": rich_text("<p>Học.</p>")})]),
            "minutes": "3",
            "sources": "",
            "comments": inline_formset(comments, initial=initial),
        }
        return client.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), nested_form_data(fields))

    return post


def comment(text, *replies, **more):
    answers = inline_formset(replies, initial=more.pop("answered", 0))
    return {"id": "", "text": text, "contentpath": "body", "position": "", "resolved": "", "replies": answers, **more}


def _shown(answer) -> list:
    """The comments as the editor's script gets them."""
    data = re.search(r'id="comments-data"[^>]*>(.*?)</script>', answer.content.decode(), re.S)
    return json.loads(data.group(1))["comments"]


def test_a_number_stops_the_draft_with_a_sentence_and_stays_in_the_form(send):
    answer = send(comment(NUMBER))
    assert answer.status_code == 200
    said = html.unescape(answer.content.decode())
    assert "Bình luận ở ô “Nội dung”: Có số điện thoại trong chữ. Bỏ số đi và ghi nơi cần gọi" in said
    assert [one["text"] for one in _shown(answer)] == [NUMBER]
    assert not Comment.objects.exists()


def test_an_answer_is_guarded_too(send):
    assert send(comment("Cần hỏi ai?")).status_code == 302
    asked = Comment.objects.get()
    before = {"id": asked.pk, "DELETE": ""}

    def reply(text):
        return send(comment("Cần hỏi ai?", {"id": "", "text": text, "DELETE": ""}, **before), initial=1)

    answer = reply("CCCD 048199012345")
    assert answer.status_code == 200
    assert "Có số căn cước hay giấy tờ của một người." in html.unescape(answer.content.decode())
    assert not CommentReply.objects.exists()
    assert (
        send(comment("Cần hỏi ai?", {"id": "", "text": "Hỏi xã.", "DELETE": ""}, **before), initial=1).status_code
        == 302
    )
    assert CommentReply.objects.get().text == "Hỏi xã."


def test_an_uncertain_sign_is_not_asked_about(send):
    assert send(comment(STORY)).status_code == 302
    assert Comment.objects.get().text == STORY


def test_the_store_refuses_whichever_way_and_what_was_there_before_may_be_settled(lesson, editor, monkeypatch):
    new = Comment(page=lesson, user=editor, text=NUMBER, contentpath="body")
    with pytest.raises(ValidationError) as refused:
        new.save()
    assert "0905" not in str(refused.value)
    with monkeypatch.context() as before:
        before.setattr(free_text, "refusals", lambda text: [])
        new.save()
    new.resolved_by = editor
    new.save()
    with pytest.raises(ValidationError):
        CommentReply(comment=new, user=editor, text=NUMBER).save()


def test_a_number_from_before_lets_the_page_be_saved_and_the_comment_be_deleted(send, lesson, editor, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(free_text, "refusals", lambda text: [])
        old = Comment.objects.create(page=lesson, user=editor, text=NUMBER, contentpath="body")
    assert send(comment(NUMBER, id=old.pk, DELETE=""), initial=1).status_code == 302
    assert send(comment(NUMBER, id=old.pk, DELETE="on"), initial=1).status_code == 302
    assert not Comment.objects.exists()

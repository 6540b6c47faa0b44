"""Acts on pages that Wagtail's own interface for programs offers beside the forms that guard them."""

import pytest
from factories import make_course

from courses.content.course import CoursePage


@pytest.mark.parametrize(
    "act", ["copy", "publish", "unpublish", "delete", "move", "convert_alias", "copy_for_translation"]
)
def test_no_act_goes_past_the_forms(cast, client_of, act):
    """A copy that stays live would be a course of which nobody approved a word."""
    course = make_course().course
    client = client_of(cast.administrator)
    answer = client.post(f"/cms/api/main/pages/{course.pk}/action/{act}/", {"keep_live": True, "slug": "ban-sao"})
    assert answer.status_code == 404
    assert [one.key for one in CoursePage.objects.live()] == [course.key]

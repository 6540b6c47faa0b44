"""The published courses by key: what classes teach, and what somebody can be given to learn."""

from courses.content.course import CoursePage


def titles() -> dict[str, str]:
    """{key: title} of the published courses, in their original language; one query."""
    # of the pages of one key the last one stands: that of the original language, which was there first
    rows = CoursePage.objects.live().order_by("-locale_id", "-pk").values_list("key", "title")
    return {key: title for key, title in rows if key}

"""What only editors may read is taken from the starter texts: † and the addresses at which a source was read."""

import html
import re
from collections import deque

import pytest
from factories import make_page
from sharing import shared
from wagtail.models import Page

from courses.approval.review_items import ReviewItem
from courses.content.catalogue import CataloguePage
from courses.starter.edition import COURSES
from courses.starter.loading import write_course
from pages.marks.source_marks import Mark, cleaned, cleaned_data

# a name of a site in running text; ours and the tests' own aside
ADDRESS = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:vn|com|org|net|rs|tt|int|edu|info|eu|uk|us|au|io)\b", re.IGNORECASE)
OURS = {"example.vn"}


@pytest.mark.parametrize(
    ("text", "left", "mark"),
    [
        ("WHO 2003; IOM 2007 †", "WHO 2003; IOM 2007", Mark(True)),
        ("UNICEF 2006 †; WHO 2003 nguyên tắc 3", "UNICEF 2006; WHO 2003 nguyên tắc 3", Mark(True)),
        ("Luật 53/2024/QH15, dbndnghean.vn", "Luật 53/2024/QH15", Mark(False, ("dbndnghean.vn",))),
        ("newsday.co.tt (“traumatic bonding”); †", "(“traumatic bonding”)", Mark(True, ("newsday.co.tt",))),
        (
            "Nghị định 162/2025/NĐ-CP; tienphong.vn 19/9/2025; Kế hoạch, 3/2024 †",
            "Nghị định 162/2025/NĐ-CP; Kế hoạch, 3/2024",
            Mark(True, ("tienphong.vn 19/9/2025",)),
        ),
        ("Luật 53/2024/QH15 Điều 2", "Luật 53/2024/QH15 Điều 2", Mark()),
    ],
)
def test_marks_are_taken_from_a_source(text, left, mark):
    assert cleaned(text) == (left, mark)


def test_a_text_loses_only_its_daggers_and_says_where():
    data = {"title": "Bài A", "lessons": [{"title": "Mục 1", "value": "Gọi 115 †.", "sources": "UNODC; a.org"}]}
    left, found = cleaned_data(data, "Khóa")
    assert left["lessons"] == [{"title": "Mục 1", "value": "Gọi 115.", "sources": "UNODC"}]
    assert [(where, mark.unverified) for where, _text, mark in found] == [
        ("Khóa, Bài A, Mục 1", True),
        ("Khóa, Bài A, Mục 1", False),
    ]


@shared
def seeded(starter, cast):
    catalogue = make_page(starter, CataloguePage, "Khóa học", slug="khoa-hoc")
    for key in COURSES:
        deque(write_course(key, catalogue), maxlen=0)


def test_no_page_for_learners_or_the_public_shows_them(seeded, cast, client_of):
    client = client_of(cast.learner)
    wrong, looked = [], 0
    for page in Page.objects.live().filter(depth__gt=1).order_by("path"):
        response = client.get(page.specific.url or "/")
        if response.status_code != 200:
            continue
        looked += 1
        said = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
        hosts = {found.group().lower() for found in ADDRESS.finditer(said)} - OURS
        if "†" in said or "người duyệt bổ sung" in said.lower() or hosts:
            wrong.append((page.url_path, sorted(hosts), "†" in said))
    assert wrong == []
    assert looked > 60


def test_what_was_taken_waits_for_a_reviewer(seeded):
    subjects = {"nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau", "bai-hoc-o-truong", "chien-dich-30-7"}
    assert set(ReviewItem.objects.values_list("subject", flat=True)) >= subjects
    assert ReviewItem.objects.filter(subject="nhan-dien-nan-nhan", kind="for_reviewer").exists()
    assert ReviewItem.objects.filter(subject="bai-hoc-o-truong", kind="unverified").exists()
    assert ReviewItem.objects.filter(url__contains="znews.vn").exists()

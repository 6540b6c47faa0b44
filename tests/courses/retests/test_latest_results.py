"""What each person still knows is found in time that grows with the results, not with their square."""

import pytest
from django.db import connection
from django.utils import timezone

from courses.retests.retest import latest_results

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of SQLite, which walked a list for each row")
def test_no_result_walks_all_completions_of_the_course():
    plan = latest_results("nhan-dien-nan-nhan", timezone.localdate()).explain()
    assert "person_id=? AND rowid=?" not in plan

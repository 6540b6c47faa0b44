"""Questions before and after, as counts: totals alone, none under five, nothing that tells one."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.activities.made.activity import Activity
from campaigns.activities.made.pulse import Moment, PulseCount, kept, say, sums_of


@pytest.mark.parametrize(
    ("right", "answers", "expected"),
    [(12, 30, (12, 30)), (0, 30, (0, 30)), (30, 30, (30, 30)), (3, 30, (None, 30)), (27, 30, (None, 30)), (2, 4, None)],
)
def test_what_is_kept(right, answers, expected):
    assert kept(right, answers) == expected


@pytest.mark.django_db
def test_counts_of_a_gathering(log, verified, client_of):
    row = verified(people=40)
    page = f"/hoat-dong/muc/{row.key}/hoi-nhanh/"
    editor = client_of(log.editor)
    typed = {"right_1_truoc": "12", "answers_1_truoc": "30", "right_1_sau": "27", "answers_1_sau": "30"}
    assert editor.post(page, {"right_1_truoc": "31", "answers_1_truoc": "30"}).status_code == 422
    assert editor.post(page, {"right_2_sau": "3"}).status_code == 422
    assert editor.post(page, typed).status_code == 302
    shown = editor.get(f"/hoat-dong/muc/{row.key}/").content.decode()
    assert "12/30 đúng" in shown
    assert "30 trả lời, không nêu số đúng" in shown
    assert "27/30" not in shown
    assert sums_of(Activity.objects.standing()) == {(1, Moment.BEFORE): (12, 30)}
    say(log.editor, row.key, {(1, Moment.BEFORE): (20, 30)}, timezone.now())
    assert PulseCount.objects.filter(superseded_at=None).count() == 1
    report = client_of(log.unit_head).get("/hoat-dong/bao-cao-30-7/").content.decode()
    assert "20/30" in report
    assert client_of(log.trainer).get(page).status_code == 403
    assert client_of(log.other_learner).get(page).status_code == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        PulseCount.objects.filter(superseded_at=None).update(right=27)

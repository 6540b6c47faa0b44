"""Two acts about the same records at one moment: each ends well or is told why not, and no record is half merged."""

from datetime import date, datetime

import pytest
from at_once import at_once
from django.utils import timezone
from factories import make_cast, make_map, make_person, make_posting

from people.merging.merging import CannotMerge, merge, take_back
from people.persons.merges import Merge
from people.postings.posting import Posting
from people.privacy.erasure import erase, is_erased
from people.roster.importing import prepare_roster
from people.units.successions import rebuild_reach
from tabular.tables import TableError

HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
NOW = timezone.make_aware(datetime(2026, 3, 2, 9))
WHY = "Cùng một người."

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    """Committed, so that threads see it."""
    units = make_map()
    rebuild_reach()
    people = make_cast(units)
    people.units = units
    return people


@pytest.fixture
def pair(cast):
    gone = make_person("Alăng Thị Hà", "TG-1b")
    make_posting(gone, cast.units.tay_giang, start=date(2025, 9, 1))
    return gone, cast.learner


def test_of_two_who_merge_the_same_pair_one_does(pair, cast):
    gone, stays = pair
    answers = at_once(
        lambda: merge(gone, stays, cast.trainer, WHY, NOW), lambda: merge(stays, gone, cast.manager, WHY, NOW)
    )
    [said] = Merge.objects.all()
    assert {type(one) for one in answers} == {Merge, CannotMerge}
    assert {one.person_id for one in Posting.objects.current().filter(person__in=pair)} == {said.stays_id}


def test_of_two_who_take_it_back_one_does(pair, cast):
    said = merge(*pair, cast.trainer, WHY, NOW)
    answers = at_once(*[lambda: take_back(said, cast.trainer, timezone.now())] * 2)
    assert {type(one) for one in answers} == {dict, CannotMerge}
    assert {one.person_id for one in Posting.objects.current().filter(person__in=pair)} == {one.pk for one in pair}


def test_a_file_about_who_goes_is_written_before_or_refused(pair, cast, tmp_path):
    gone, stays = pair
    path = tmp_path / "roster.csv"
    path.write_text(f"{HEADER}\nTG-1b,Alăng Thị Hà,,,20455,Trưởng ban,,2026-01-01,\n", encoding="utf-8")
    prepared = prepare_roster(path, NOW)
    merged, written = at_once(lambda: merge(gone, stays, cast.trainer, WHY, timezone.now()), prepared.carry_out)
    assert isinstance(merged, Merge), merged
    assert not Posting.objects.current().filter(person=gone).exists()
    brought = Posting.objects.current().filter(person=stays, position="Trưởng ban").exists()
    assert brought is not isinstance(written, TableError), written


@pytest.mark.parametrize("which", [0, 1])
def test_an_erasure_comes_before_the_merge_or_after_it(pair, cast, which):
    gone, stays = pair
    merged, erased = at_once(
        lambda: merge(gone, stays, cast.trainer, WHY, NOW), lambda: erase(pair[which], cast.administrator, NOW)
    )
    assert isinstance(erased, str), erased
    gone.refresh_from_db(), stays.refresh_from_db()
    if isinstance(merged, CannotMerge):
        assert not Merge.objects.exists()
    else:
        assert isinstance(merged, Merge), merged
        # a record that was merged into an erased one is erased too
        assert is_erased(gone)
    assert is_erased(pair[which])

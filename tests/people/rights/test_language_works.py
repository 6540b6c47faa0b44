"""A translator's role names its languages and what she does in each; other works make it another role."""

import pytest
from django.utils import timezone

from people.guarding import role_requests
from people.rights.languages import (
    Does,
    LanguageWork,
    give_works,
    read,
    told,
    who_does,
    without_languages,
    works_of,
    written,
)
from people.rights.roles import Role, RoleKind, end, give

KATU = ("ktv", Does.TRANSLATES.value)
KATU_TOO = ("ktv", Does.APPROVES.value)


def anew(person):
    return type(person).objects.get(pk=person.pk)


def test_works_are_written_and_read_back_and_what_is_none_is_left_out():
    assert written([KATU_TOO, KATU]) == "ktv:approves,ktv:translates"
    assert read("ktv:translates,vi:translates,xx:speaks,ktv:sings,,lo") == {KATU}
    assert told([KATU, KATU_TOO]) == "Tiếng Cơ Tu: duyệt, dịch"


@pytest.mark.django_db
def test_a_role_of_before_names_no_language(cast):
    assert works_of(anew(cast.translator)) == {}
    assert [role.user for role in without_languages()] == [cast.translator]


@pytest.mark.django_db
def test_other_works_end_the_role_and_give_another_so_that_it_stays_known(cast):
    first = give_works(cast.translator, cast.units.da_nang, [KATU], cast.administrator)
    assert give_works(cast.translator, cast.units.da_nang, [KATU], cast.administrator) == first
    second = give_works(cast.translator, cast.units.da_nang, [KATU, KATU_TOO], cast.administrator)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert second.pk != first.pk
    assert works_of(anew(cast.translator)) == {"ktv": {"translates", "approves"}}
    assert who_does(Does.APPROVES) == {"ktv": {cast.translator.pk}}
    end(second)
    assert works_of(anew(cast.translator)) == {} == who_does(Does.APPROVES)
    assert not without_languages()


@pytest.mark.django_db
def test_an_administrator_names_them_where_she_gives_the_role(cast, client_of, settings):
    settings.SECOND_STEP_REQUIRED = False
    form = {"staff_code": cast.learner.staff_code, "kind": RoleKind.TRANSLATOR, "unit_code": "48", "why": ""}
    client = client_of(cast.administrator)
    assert "Chọn ít nhất một tiếng" in client.post("/cms/vai-tro/new/", form).content.decode()
    client.post("/cms/vai-tro/new/", {**form, "works": ["ktv:translates", "lo:speaks"]})
    assert works_of(anew(cast.learner)) == {"ktv": {"translates"}, "lo": {"speaks"}}
    assert "Tiếng Cơ Tu: dịch; Tiếng Lào: đọc, thu tiếng" in client.get("/cms/vai-tro/").content.decode()
    assert (
        "đang giữ đúng"
        in client.post("/cms/vai-tro/new/", {**form, "works": ["ktv:translates", "lo:speaks"]}).content.decode()
    )
    client.post("/cms/vai-tro/new/", {**form, "works": ["ktv:approves"]})
    assert works_of(anew(cast.learner)) == {"ktv": {"approves"}}
    assert Role.objects.filter(user=cast.learner).count() == 2


@pytest.mark.django_db
def test_what_the_province_is_asked_for_names_them_too(cast):
    now = timezone.now()
    asked = (cast.stranger, RoleKind.TRANSLATOR, cast.units.tay_giang, cast.editor, "Biết tiếng.", now)
    role_requests.ask(*asked, [KATU])
    request = role_requests.ask(*asked, [KATU_TOO])
    assert request.works_told == "Tiếng Cơ Tu: duyệt"
    assert role_requests.grant(request, cast.administrator, now)
    assert role_requests.agree(request, now)
    assert works_of(anew(cast.stranger)) == {"ktv": {"approves"}}


@pytest.mark.django_db
def test_only_a_translators_role_counts(cast):
    role = give(cast.stranger, RoleKind.TEACHER, cast.units.school)
    LanguageWork.objects.create(role=role, language="ktv", does=Does.TRANSLATES)
    assert works_of(anew(cast.stranger)) == {}

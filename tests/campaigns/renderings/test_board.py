"""Message × language × rendering, of a commune and of the province: its states, what to chase, at a constant cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_page

from campaigns.activities.made.complete import SpokenThere
from campaigns.communes.taking import take
from campaigns.messages.message import MessagePage
from campaigns.renderings import issuing, reading
from campaigns.renderings.composing import composed
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.screens.board import VOICE, board, progress, tell_voices
from campaigns.translating.following import follow
from campaigns.translating.orthography import Orthography, seed_orthographies
from campaigns.translating.rules import State
from campaigns.translating.sentences import SentenceTranslation, SourceSentence
from config.languages import NAMES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_step(settings):
    settings.SECOND_STEP_REQUIRED = False


def states_of(line):
    return {cell.rendering: (cell.state, cell.done, cell.total) for cell in line.cells}


def test_a_sheet_is_in_the_state_of_its_sentences(approved):
    follow(approved.message, timezone.now())
    orthography = Orthography.objects.create(language="ktv", is_live=True)
    cards = SourceSentence.objects.of(approved.message.translation_key).filter(path__startswith="to-in/card.")
    for source in cards:
        SentenceTranslation.objects.create(
            source=source, orthography=orthography, text="Zu.", state=State.AWAITING, written_at=timezone.now()
        )
    (row,) = board([orthography], approved.tay_giang)
    vietnamese, theirs = row.lines
    assert states_of(vietnamese)["the"] == ("approved", 3, 3)
    assert states_of(theirs)["the"] == ("awaiting", 0, cards.count())
    assert states_of(theirs)["to-gap"][0] == "missing"
    assert states_of(theirs)["tieng"] == ("missing", 0, 0)
    assert theirs.chase.startswith("Thẻ: chờ duyệt")


def test_languages_of_which_nothing_is_there_are_one_line_and_each_tells_how_far_it_is(approved, client_of):
    follow(approved.message, timezone.now())
    seed_orthographies()
    katu = Orthography.objects.live().get(language="ktv")
    source = SourceSentence.objects.of(approved.message.translation_key).exclude(path__startswith="to-in/").first()
    SentenceTranslation.objects.create(
        source=source,
        orthography=katu,
        text="Zu.",
        state=State.APPROVED,
        written_at=timezone.now(),
        approved_at=timezone.now(),
    )
    rows = board(Orthography.objects.live(), None)
    assert [line.language for line in rows[0].begun] == ["vi", "ktv"]
    assert "lo" in {line.language for line in rows[0].untouched}
    by_language = {one.language: one for one in progress(rows)}
    assert "vi" not in by_language
    assert (by_language["ktv"].approved, by_language["lo"].approved) == (1, 0)
    assert by_language["ktv"].sentences == by_language["lo"].sentences > 1
    manager, lao = client_of(approved.cast.manager), f">{NAMES['lo'][0]}</th>"
    page = manager.get("/in-an/xa/0/bang/").content.decode()
    assert "Chưa có gì bằng:" in page
    assert lao not in page
    assert f"1/{by_language['ktv'].sentences} câu đã duyệt" in page
    # who asks for a language or a state sees its row
    for asked in ("tieng=lo", "tieng=tat-ca", "trang-thai=missing"):
        assert lao in manager.get(f"/in-an/xa/0/bang/?{asked}").content.decode(), asked


def test_each_commune_sees_what_she_took_and_printed(approved, client_of):
    follow(approved.message, timezone.now())
    seed_orthographies()
    take(approved.tay_giang, approved.message, approved.cast.editor)
    order = reading.order(reading.message_or_404(approved.message.pk), FORMATS["a4"], approved.tay_giang)
    issuing.issue(composed(order), approved.cast.editor, timezone.now())
    (own,), (other,), (all_of_them,) = (board([], space) for space in (approved.tay_giang, approved.avuong, None))
    assert (own.taken, own.live, own.printed) == (1, 0, 1)
    assert (other.taken, other.printed) == (0, 0)
    assert (all_of_them.taken, all_of_them.printed) == (1, 1)
    editor, address = client_of(approved.cast.editor), f"/in-an/xa/{approved.tay_giang.pk}/bang/"
    page = editor.get(address).content.decode()
    for words in ("Xã đã lấy, chưa lên trang.", "Đã in 1 bản", "Cơ Tu", "Việc tiếp theo"):
        assert words in page
    SpokenThere.objects.create(commune=approved.units.tay_giang, language="ktv", by=approved.cast.editor)
    page = editor.get(address).content.decode()
    lao = f">{NAMES['lo'][0]}</th>"
    assert "Hiện mọi tiếng" in page
    assert lao not in page
    assert lao in editor.get(f"{address}?tieng=tat-ca").content.decode()
    assert "Không có thông điệp nào như vậy." in editor.get(f"{address}?trang-thai=withdrawn").content.decode()
    assert editor.get(f"/in-an/xa/{approved.thanh_my.pk}/bang/").status_code == 404
    assert editor.get("/in-an/xa/0/bang/").status_code == 404
    assert "1 xã đã lấy" in client_of(approved.cast.manager).get("/in-an/xa/0/bang/").content.decode()


def test_the_board_asks_as_much_for_thirty_messages_in_every_language(approved):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            board(list(Orthography.objects.live()), named=True)
        return len(queries)

    seed_orthographies()
    few = asked()
    for n in range(3):
        page = make_page(approved.message.get_parent(), MessagePage, f"Bài {n}", heading=f"Bài {n}", truth="Một. Hai.")
        follow(page, timezone.now())
    # with the languages themselves
    assert asked() == few <= 12


def test_a_voice_is_in_the_state_of_its_sentences_one_click_from_where_it_is_worked_at(approved, client_of):
    approved.message.spoken = "Hỏi rồi hãy đi."
    approved.message.save_revision().publish()
    follow(approved.message, timezone.now())
    seed_orthographies()
    lao = Orthography.objects.live().get(language="lo")
    for source in SourceSentence.objects.of(approved.message.translation_key).exclude(path__startswith="to-in/"):
        SentenceTranslation.objects.create(
            source=source,
            orthography=lao,
            text="ທົດສອບ.",
            live_text="ທົດສອບ.",
            of_text=source.text,
            live_of=source.text,
            state=State.APPROVED,
            written_at=timezone.now(),
            approved_at=timezone.now(),
        )
    (row,) = board([lao], None, vietnamese=False)
    tell_voices([row], [lao])
    voice = next(cell for cell in row.lines[0].cells if cell.rendering == VOICE)
    assert (voice.state, str(voice.label), voice.heard) == ("speaker", "chờ người đọc", False)
    assert progress([row])[0].voices == 0, "nobody hears it yet"
    manager = client_of(approved.cast.manager)
    page = manager.get("/in-an/xa/0/bang/?tieng=lo&trang-thai=speaker").content.decode()
    assert f'href="/tieng-noi/lo/nghe/{approved.message.pk}/"' in page
    assert "Không có thông điệp nào như vậy." in manager.get("/in-an/xa/0/bang/?trang-thai=published").content.decode()

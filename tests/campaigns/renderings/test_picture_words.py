"""What stands for a page's picture in another language: approved at the desk, else Vietnamese and marked as such."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.template import Context, Template
from django.utils import timezone, translation
from nonsense import THU
from PIL import Image
from wagtail.models import Locale

from campaigns.messages.message import MessagePage
from campaigns.renderings.texts.languages import PAGE_PICTURE
from campaigns.translating.keeping import words_beside_changed
from campaigns.translating.orthography import Orthography
from campaigns.translating.rules import State
from campaigns.translating.sentences import Change, SentenceTranslation, SourceSentence
from media.illustrations import Words, words_of
from media.pictures import Picture
from media.scenes import SCENES

pytestmark = pytest.mark.django_db
SAID = "Con đường chia hai ngả. Một người dừng lại."


@pytest.fixture
def it(communes, thu):
    """The message with a picture of the library; `page` is its page in the language, which has no words yet."""
    out = BytesIO()
    Image.new("RGB", (90, 60), "navy").save(out, "PNG")
    file = ImageFile(BytesIO(out.getvalue()), "duong.png")
    stated = {"credit": "Sở Văn hóa", "consent": "không có người"}
    communes.picture = Picture.objects.create(title="Con đường", file=file, description=SAID, **stated)
    communes.message.picture = communes.picture
    communes.message.save_revision().publish()
    communes.message.refresh_from_db()
    locale, _made = Locale.objects.get_or_create(language_code=THU)
    same = {"translation_key": communes.message.translation_key, "picture": communes.picture}
    communes.page = MessagePage(title="Zu", locale=locale, **same)
    communes.orthography = Orthography.objects.create(language=THU, is_live=True)
    return communes


def sentences(it) -> list[SourceSentence]:
    return list(SourceSentence.objects.of(it.message.translation_key).filter(path=PAGE_PICTURE))


def approve(it, source: SourceSentence, text: str) -> SentenceTranslation:
    said = {"text": text, "live_text": text, "of_text": source.text, "live_of": source.text}
    fields = {"state": State.APPROVED, "approved_at": timezone.now(), **said}
    return SentenceTranslation.objects.create(source=source, orthography=it.orthography, **fields)


def shown(page) -> str:
    html = Template("{% include 'components/illustration.html' %}").render(Context({"page": page}))
    return html.split("<figcaption")[0]


def test_the_desk_has_the_words_sentence_by_sentence_and_follows_the_library(it):
    assert [one.text for one in sentences(it)] == ["Con đường chia hai ngả.", "Một người dừng lại."]
    approve(it, sentences(it)[0], "Zu ka.")
    it.picture.description, it.picture.words_decided = "Con đường chia ba ngả. Một người dừng lại.", True
    it.picture.save(update_fields=["description"])
    assert sentences(it)[0].text == "Con đường chia ba ngả."
    assert sentences(it)[0].change == Change.UNSAID


def test_without_approved_words_the_vietnamese_ones_stand_and_say_so(it):
    assert words_of(it.message) == Words(SAID)
    assert words_of(it.page) == Words(SAID, "vi")
    assert 'lang="vi"' in shown(it.page)
    assert 'lang="vi"' not in shown(it.message)
    first, second = sentences(it)
    approve(it, first, "Zu ka.")
    assert words_of(it.page) == Words(SAID, "vi"), "half of them is none"
    row = approve(it, second, "Ro.")
    assert words_of(it.page) == Words("Zu ka. Ro.")
    assert "Zu ka. Ro." in shown(it.page)
    assert 'lang="vi"' not in shown(it.page)
    SentenceTranslation.objects.filter(pk=row.pk).update(live_of="Một câu cũ.")
    assert words_of(it.page) == Words(SAID, "vi")
    SourceSentence.objects.filter(pk=second.pk).update(change=Change.SAME)
    assert words_of(it.page) == Words("Zu ka. Ro.")


def test_a_scene_is_told_by_the_desk_else_the_catalogue_else_in_vietnamese(it):
    for page in (it.message, it.page):
        page.picture, page.scene = None, "two-paths"
    it.message.save_revision().publish()
    vietnamese = str(SCENES["two-paths"])
    with translation.override(THU):
        assert words_of(it.page) == Words(vietnamese, "vi")
        assert 'lang="vi"' in shown(it.page)
    english = MessagePage(title="Two", locale=Locale.objects.get(language_code="en"), scene="two-paths")
    with translation.override("en"):
        said = words_of(english)
        assert (said.text != vietnamese, said.language) in ((True, ""), (False, "vi"))
    for source in sentences(it):
        approve(it, source, "Ka.")
    assert words_of(it.page).text.startswith("Ka.")


def test_decoration_has_no_words_in_any_language(it):
    Picture.objects.filter(pk=it.picture.pk).update(description="", is_decoration=True)
    it.message.refresh_from_db()
    words_beside_changed(it.message)
    assert sentences(it) == []
    it.page.picture = Picture.objects.get(pk=it.picture.pk)
    assert words_of(it.page) == Words("")
    assert 'lang="vi"' not in shown(it.page)

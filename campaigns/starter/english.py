"""The home page and the contacts page in English: our own translation of the starter, not approved either.

The messages stay Vietnamese until somebody translates them.
"""

from wagtail.models import Locale

from pages.contacts.page import ContactsPage
from pages.home.page import HomePage

NOT_APPROVED = "Starter text, not yet approved by the responsible authority."

HOME = {
    "title": "Home",
    "summary": "Ask before you travel for work. For help call 111, free, day and night.",
    "eyebrow": "30 July – National Day against Human Trafficking",
    "heading": "The whole village keeps each other safe",
    "lead": "If somebody offers you easy, well-paid work far away, ask first. If you see anybody held or forced, call "
    "111. Who comes home is met with love, not blame.",
    "verbs": [
        ("Ask", "which company, who keeps the papers, which road"),
        ("Keep", "your own papers yourself"),
        ("Tell", "your family and your village before you go"),
        ("Call", "111 when you see anybody held or forced"),
    ],
    "other_help": "Or go to the nearest commune People’s Committee, commune police or border guard post.",
    "officials_lead": "Two courses, in Vietnamese: recognising victims of trafficking; first psychological support.",
    "review_note": NOT_APPROVED,
}

CONTACTS_PAGE = {
    "title": "Whom to call",
    "summary": "Numbers to call for advice and help. 111: free, day and night.",
    "heading": "Whom to call?",
    "lead": "Call 111 when you are worried, want to ask or need help. Free, day and night. "
    "Giving your name is up to you.",
    "what_to_say": "Where you are.\nWhat is happening.\nWhat you need right now.\nYour name: only if you want to.",
    "other_help": "Or report in person at the nearest commune People’s Committee, commune police or border guard post.",
    "review_note": NOT_APPROVED,
}


def create_english(home: HomePage, contacts: ContactsPage) -> None:
    """Creates both pages if missing, with the slugs of the Vietnamese ones."""
    locale, _created = Locale.objects.get_or_create(language_code="en")
    if not home.has_translation(locale):
        _publish(home, locale, {**HOME, "verbs": _verbs(home)})
    if not contacts.has_translation(locale):
        _publish(contacts, locale, CONTACTS_PAGE)


def _verbs(home: HomePage) -> list[dict]:
    """English words for the blocks of the Vietnamese page, in their order, with their ids."""
    raw = [block for block in home.verbs.raw_data if block["type"] == "verb"]
    return [
        {**block, "value": {"verb": verb, "words": words}}
        for block, (verb, words) in zip(raw, HOME["verbs"], strict=False)
    ]


def _publish(page, locale: Locale, texts: dict) -> None:
    translated = page.copy_for_translation(locale)
    for name, text in texts.items():
        setattr(translated, name, text)
    translated.save_revision().publish()

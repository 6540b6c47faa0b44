"""Seeds the campaign and its messages from `campaign.toml`, and the other starter pages of a province.

Adds what is missing and changes nothing that exists. Ids of blocks are derived from the file (uuid5), so that
translations keep their sentences.
"""

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.alerts.alerts_page import create_alerts
from campaigns.messages.campaign import CampaignPage, days_of
from campaigns.messages.message import MessagePage
from campaigns.spaces.spaces import bring_in_step, create_communes
from campaigns.starter.article_four import create_article_four
from campaigns.starter.english import create_english
from campaigns.starter.kit_seeding import seed_kit
from campaigns.starter.lessons import complete_schools, create_schools
from campaigns.translating.orthography import seed_orthographies
from pages.contacts import starter
from pages.contacts.page import ContactsPage
from pages.home.page import HomePage, create_home
from pages.marks.source_marks import Mark, cleaned_data, marks_found
from pages.publishing import add_published

FILE = Path(__file__).parent / "campaign.toml"
TEXTS = (
    *("title", "slug", "summary", "subject", "heading", "said", "truth", "checks_heading", "act_heading", "act"),
    *("remember", "spoken", "sources", "scene", "search_words"),
)


def seed(now: datetime, progress: Callable[[str], None]) -> None:
    seed_orthographies()
    home = create_home()
    starter.create_contacts()
    contacts = ContactsPage.objects.child_of(home).first()
    if contacts is None:
        contacts = add_published(home, ContactsPage(show_in_menus=True, **starter.CONTACTS_PAGE))
    create_english(home, contacts)
    create_campaign(home, timezone.localdate(now), progress)
    seed_kit(now)
    complete_schools(create_schools(home, progress))
    create_communes(home)
    bring_in_step(timezone.localdate(now), progress)
    create_article_four(home)
    create_alerts(home)


def create_campaign(home: HomePage, day: date, progress: Callable[[str], None]) -> CampaignPage:
    """Creates the campaign for the next 30/7 after `day`, unless there is a campaign already."""
    data, marks = cleaned_data(tomllib.loads(FILE.read_text(encoding="utf-8")), _("Chiến dịch 30/7"))
    campaign = CampaignPage.objects.child_of(home).order_by("-year").first()
    if campaign is None:
        progress(_("Chiến dịch 30/7…"))
        campaign = add_published(home, _campaign(data["campaign"], day))
        for message in data["message"]:
            add_published(campaign, _message(message))
            marks.append((message["title"].strip(), message["to_confirm"], Mark(unverified=True)))
        marks_found.send(CampaignPage, subject="chien-dich-30-7", title=campaign.title, items=marks)
    return campaign


def year_ahead(day: date) -> int:
    return day.year if day <= days_of(day.year)["ends_on"] else day.year + 1


def _campaign(data: dict, day: date) -> CampaignPage:
    year = year_ahead(day)
    texts = {name: data[name].strip() for name in ("title", "slug", "summary", "eyebrow", "heading", "lead")}
    verbs = [
        {"type": "verb", "id": _id("campaign", str(n)), "value": {"verb": verb, "words": words}}
        for n, (verb, words) in enumerate(data["verbs"])
    ]
    return CampaignPage(
        **texts,
        **days_of(year),
        year=year,
        about=data["about"].strip(),
        sources=data["sources"].strip(),
        verbs=verbs,
        review_note=starter.NOT_APPROVED,
        show_in_menus=True,
    )


def _message(data: dict) -> MessagePage:
    return MessagePage(
        **{name: data.get(name, "").strip() for name in TEXTS},
        kind=data.get("kind", "message"),
        audiences=data["audiences"],
        checks=_blocks(data, "checks", "question", ("question", "words")),
        parts=_blocks(data, "parts", "part", ("heading", "text")),
        review_note=f"{starter.NOT_APPROVED} Cần xác nhận: {data['to_confirm']}.",
    )


def _blocks(data: dict, field: str, kind: str, names: tuple[str, str]) -> list[dict]:
    return [
        {"type": kind, "id": _id(data["key"], field, str(n)), "value": dict(zip(names, pair, strict=True))}
        for n, pair in enumerate(data.get(field, []))
    ]


def _id(*identity: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(("la-chan", "campaign", *identity))))

"""The campaign on the home page: before, on and after 30/7."""

from datetime import date

from campaigns.messages.campaign import OPEN_STAGES, CampaignPage
from campaigns.messages.message import MessageKind, messages_of
from pages.home.page import HomePage, offer_hero, offer_section


def hero(home: HomePage, day: date) -> dict | None:
    """The campaign while it runs; None shows the home page's own heading."""
    campaign = CampaignPage.objects.nearest(day, home.locale.language_code)
    if campaign is None:
        return None
    stage = campaign.stage_on(day)
    if stage not in OPEN_STAGES:
        return None
    return {"campaign": campaign, "stage": stage, "days_left": campaign.days_left_on(day)}


def messages(home: HomePage, day: date) -> dict | None:
    """The messages of the current, next or last campaign."""
    campaign = CampaignPage.objects.nearest(day, home.locale.language_code)
    if campaign is None:
        return None
    campaign_messages = messages_of(campaign)
    village = next((message for message in campaign_messages if message.kind == MessageKind.VILLAGE), None)
    return {
        "campaign": campaign,
        "stage": campaign.stage_on(day),
        "campaign_messages": campaign_messages,
        "village": village,
    }


def offer() -> None:
    offer_hero(10, "campaigns/home_hero.html", hero)
    offer_section(10, "campaigns/home_messages.html", messages)

"""The campaigns' effects and clock jobs; the outbox imports this module at start."""

from campaigns.activities.made import evidence
from campaigns.alerts import ending as alerts_ending
from campaigns.alerts import mail as alerts_told
from campaigns.loudspeakers import package_making as loudspeaker_packages
from campaigns.press import making as press_packages
from campaigns.renderings import batch as sheets_for_all
from campaigns.renderings import pictures as pictures_to_post
from campaigns.schools.quiz import counting as class_quizzes
from campaigns.schools.stick import making as lessons_on_sticks
from campaigns.spaces import schedule as spaces_in_time
from campaigns.speaking import consents as voices_ended
from campaigns.speaking import hearing as voices_made
from campaigns.translating import keeping as translations_in_step

__all__ = [
    "alerts_ending",
    "alerts_told",
    "class_quizzes",
    "evidence",
    "lessons_on_sticks",
    "loudspeaker_packages",
    "pictures_to_post",
    "press_packages",
    "sheets_for_all",
    "spaces_in_time",
    "translations_in_step",
    "voices_ended",
    "voices_made",
]

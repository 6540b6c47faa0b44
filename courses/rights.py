"""What roles may do with courses under /cms/."""

from pages.cms.groups import EVERY, allow
from people.rights.roles import RoleKind


def announce() -> None:
    """Trainers write courses and questions and submit them; province managers publish."""
    allow(
        RoleKind.TRAINER,
        pages={"courses.CataloguePage": ("add", "change")},
        models={"courses.question": ("add", "change", "view")},
    )
    for kind in (RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR):
        allow(kind, models={"courses.question": EVERY})

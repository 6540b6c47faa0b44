"""Who decides about a replaced file that a commune's page shows: the reviewers of the page."""

from campaigns.communes.pages import space_of, spaces_above
from campaigns.review.reviewers import LADDER, Reviewers
from media.replacing.reviewers import Key, Pair
from people.rights.roles import role_kinds


def decides_on_communes(user, pairs: list[Pair]) -> set[Key]:
    """As if who brought the file had written the page: the next above decides where the nearest did so herself."""
    if user.is_superuser:
        return {(page.pk, by) for page, by in pairs if by != user.pk}
    if not role_kinds(user) & set(LADDER):
        return set()
    spaces = spaces_above({page.path for page, _by in pairs})
    within = [(page, by, space) for page, by in pairs if (space := space_of(page.path, spaces))]
    reviewers = Reviewers(space.unit_id for _page, _by, space in within)
    return {(page.pk, by) for page, by, space in within if user.pk in reviewers.deciding(space.unit_id, {by} - {None})}

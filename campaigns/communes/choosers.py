"""The pages to which somebody may link: the ones they work on, and public pages outside the communes."""

from wagtail.permissions import page_permission_policy

from campaigns.communes.commune import below_communes


def without_other_communes(pages, user):
    """Filters the pages to which `user` may link; those of another commune are left out."""
    if user.is_superuser:
        return pages
    within = page_permission_policy.explorable_instances(user).values("pk")
    return pages.filter(pk__in=within) | pages.exclude(below_communes())

"""What of the page tree somebody may choose from: what they work on, and what the public reads outside the communes."""

from wagtail.permissions import page_permission_policy

from campaigns.communes.commune import below_communes


def without_other_communes(pages, user):
    """Pages of `pages` to which `user` may link: another commune's, published too, are none of them."""
    if user.is_superuser:
        return pages
    within = page_permission_policy.explorable_instances(user).values("pk")
    return pages.filter(pk__in=within) | pages.exclude(below_communes())

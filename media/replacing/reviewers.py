"""Who reviews a live page, so far as its files go. An app says it of its own kinds of page; of every other it is
whoever may publish it.
"""

from collections.abc import Callable, Iterable

from wagtail.models import Page
from wagtail.permissions import page_permission_policy

# a page, and the id of who brought the new file (None: nobody's)
Pair = tuple[Page, int | None]
Key = tuple[int, int | None]
Rule = Callable[[object, list[Pair]], set[Key]]
_RULES: list[tuple[type, Rule]] = []


def reviews(pages: type, rule: Rule) -> None:
    """`rule(user, pairs)` says on which of these pairs this person decides, as {(id of the page, who brought it)}, by a
    constant number of queries. The class registered last is asked first.
    """
    _RULES.insert(0, (pages, rule))


def decides_on(user, pairs: Iterable[Pair]) -> set[Key]:
    by_rule: dict[Rule, list[Pair]] = {}
    for pair in pairs:
        by_rule.setdefault(_rule_of(pair[0]), []).append(pair)
    return {key for rule, those in by_rule.items() for key in rule(user, those)}


def _rule_of(page: Page) -> Rule:
    kind = page.specific_class or Page
    return next((rule for pages, rule in _RULES if issubclass(kind, pages)), who_may_publish)


def who_may_publish(user, pairs: list[Pair]) -> set[Key]:
    may = page_permission_policy.user_has_permission_for_instance
    return {(page.pk, by) for page, by in pairs if may(user, "publish", page)}

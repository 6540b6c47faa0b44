"""Who reorganises: who manages or administers the whole province. A role on a commune does not."""

from people.rights.admin_policy import MANAGERS
from people.rights.scope import kinds_at_the_top, reaches_everything


def may_reform(user) -> bool:
    if not (user.is_authenticated and user.is_active):
        return False
    return reaches_everything(user) or bool(kinds_at_the_top(user) & MANAGERS)

"""Connects signals and registers sections when Django is ready: content version, rights, search, share pictures, home
page, slugs in forms.
"""

from pages.cms import groups, workflow_mail
from pages.home import places
from pages.identity import slugs
from pages.search import index
from pages.serving import version
from pages.sharing import pictures


def connect() -> None:
    version.connect()
    groups.connect()
    pictures.connect()
    workflow_mail.connect()
    index.connect()
    places.offer()
    slugs.fold_in_forms()

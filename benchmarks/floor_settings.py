"""The site's own settings with the floor's two addresses beside its own."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "floor"

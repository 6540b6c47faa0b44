"""WSGI entry point of gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

# these need the models
from config.checks import refuse_unsafe_start  # noqa: E402
from config.serving.bounds import KnownLength  # noqa: E402
from people.write_lock import serve  # noqa: E402

application = KnownLength(django_application)
refuse_unsafe_start()
serve()

"""WSGI entry point of gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config.checks import refuse_unsafe_start
from people.write_lock import serve

application = get_wsgi_application()
refuse_unsafe_start()
serve()

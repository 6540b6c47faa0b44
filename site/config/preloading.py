"""Loads once what web, worker and clock all need, before they are forked: they share its memory.

Each process by itself holds some 150 MB of modules, addresses and template tags. Forked from one that has loaded them,
it holds only what it changes.
"""

import ctypes
import gc
from contextlib import suppress
from importlib import import_module

from django.core.cache import caches
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

# glibc's M_ARENA_MAX: each thread takes an arena of its own, and what one frees the others cannot use
M_ARENA_MAX = -8
ARENAS = 2
# what the first request or message would load
LATER = (
    "argon2",
    "config.formats.vi.formats",
    "django.conf.locale.vi.formats",
    "django.contrib.messages.storage.fallback",
    "gunicorn.app.wsgiapp",
    "gunicorn.workers.gthread",
    "people.signing_in.password_hashing",
)


def preload() -> None:
    """Leaves no connection and no thread behind, so that a fork is safe."""
    # the middleware; says too that people are served here, for as long as a child lives
    import_module("config.wsgi")
    for module in LATER:
        import_module(module)
    _load_addresses(get_resolver())
    # the template tags, and one page that every other page is built on
    get_template("base.html")
    connections.close_all()
    caches.close_all()
    _freeze()


def _load_addresses(resolver: URLResolver) -> None:
    # made when it is first asked for
    _ = resolver.reverse_dict
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            _load_addresses(entry)


def _freeze() -> None:
    """Keeps the collector of a child from writing into what it shares; bounds the heaps of its threads."""
    # another C library has another way
    with suppress(AttributeError, OSError):
        libc = ctypes.CDLL(None)
        libc.mallopt(M_ARENA_MAX, ARENAS)
        libc.malloc_trim(0)
    gc.collect()
    gc.freeze()

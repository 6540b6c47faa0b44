"""What PostgreSQL knows of its tables, by which it chooses how to answer."""

from django.db import connection


def gather() -> None:
    """After very many rows were written at once: autovacuum may be off, or come a minute late, and meanwhile a list
    that takes milliseconds takes half a minute. SQLite decides without.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

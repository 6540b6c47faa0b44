"""The language of the translators' tests: tests/nonsense.py."""

from nonsense import speakers, thu, written

__all__ = ["speakers", "thu", "written"]

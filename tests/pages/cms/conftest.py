"""A row of every kind, as the rights table has them, for the screens under /cms/."""

from files_of_rows import read_files
from rows import create_rows
from sharing import shared


@shared
def tree(cast):
    it = create_rows(cast)
    it.cast, it.files = cast, read_files()
    return it

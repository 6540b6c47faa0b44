"""Static files by hashed names once `prepare` has collected them, and by plain names until then."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedOrPlain(CompressedManifestStaticFilesStorage):
    """A machine on which nothing was collected (a command, a test, `runserver` on a fresh clone) still draws its pages.

    Once there is a manifest, a name that is missing from it is an error as ever.
    """

    def stored_name(self, name):
        return super().stored_name(name) if self.hashed_files else name

"""Static files have hashed names once `prepare` has collected them, and plain names until then."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedOrPlain(CompressedManifestStaticFilesStorage):
    """Pages also render where nothing was collected (a command, a test, `runserver` on a fresh clone). Once there is a
    manifest, a name that is missing from it is an error.
    """

    def stored_name(self, name):
        return super().stored_name(name) if self.hashed_files else name

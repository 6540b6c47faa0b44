"""Files of several machines in one storage that speaks S3 (`STORAGE_URL`), public and private ones in folders apart.

No browser ever asks the storage: addresses stay under MEDIA_URL, and the site passes on what it fetches, after it has
asked whether this reader may have it. The bucket can be shut to everybody but the site.
"""

from typing import IO

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name, safe_join

from outbox.private_files import StorageAway

# of one file that is read, in memory; what is longer goes on in a temporary file
IN_MEMORY = 2 * 1024 * 1024
# a storage that is away is noticed within seconds
CLIENT = Config(
    connect_timeout=5,
    read_timeout=20,
    retries={"max_attempts": 2},
    signature_version="s3v4",
    # the bucket is no part of the host name, for which a province's own server would need a certificate
    s3={"addressing_style": "path"},
    # servers that are not Amazon's do not all know the newer checksums
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class SharedFiles(S3Storage):
    """`has_addresses=False` for files that only their owner may fetch: asking for an address raises ValueError."""

    def __init__(self, *, has_addresses: bool = True, **options):
        self.has_addresses = has_addresses
        super().__init__(
            client_config=CLIENT, file_overwrite=False, default_acl=None, max_memory_size=IN_MEMORY, **options
        )

    def url(self, name, parameters=None, expire=None, http_method=None):
        if not self.has_addresses:
            raise ValueError("This file is not accessible via a URL.")
        return settings.MEDIA_URL + filepath_to_uri(name)

    def open_part(self, name: str, first: int, length: int) -> IO[bytes]:
        """`length` bytes from `first` on, without fetching the others. Raises FileNotFoundError and StorageAway."""
        key, stretch = safe_join(self.location, clean_name(name)), f"bytes={first}-{first + length - 1}"
        return self._asked(lambda: self.bucket.Object(key).get(Range=stretch))["Body"]

    def _open(self, name, mode="rb"):
        return self._asked(lambda: super(SharedFiles, self)._open(name, mode))

    @staticmethod
    def _asked(answer):
        try:
            return answer()
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError("no such file in the storage") from None
            raise StorageAway(str(error)) from error
        except BotoCoreError as error:
            raise StorageAway(str(error)) from error

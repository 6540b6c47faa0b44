"""Environment variables that stop a start when they cannot be read. The message is one sentence, without the value
where it may hold a password. Raises ImproperlyConfigured, which manage.py prints in one line.
"""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = ("postgres", "postgresql", "psql", "pgsql", "sqlite")
STORAGE_SCHEMES = {"s3": "https", "s3+http": "http"}
SCANNER_SCHEMES = ("tcp", "unix")
CACHE_SCHEMES = ("filecache", "redis", "rediss", "rediscache", "locmemcache", "dummycache")
# the end of a backend's name: the package that it speaks through, which an installation may be without
PACKAGES = {"postgresql": "psycopg", "RedisCache": "redis", "SharedFiles": "storages"}
EXAMPLE = "postgres://ten:mat-khau@may:5432/ten_csdl, sqlite:////duong/dan/db.sqlite3"


def port(env, name: str, default: int) -> int:
    written = env.str(name, "")
    if not written:
        return default
    if not written.isascii() or not written.isdecimal() or not 0 < int(written[:9]) < 65536:
        raise ImproperlyConfigured(f"{name}: hãy ghi một số cổng từ 1 đến 65535, không phải “{written[:40]}”.")
    return int(written)


def count(env, name: str, default: int) -> int:
    written = env.str(name, "")
    if not written:
        return default
    if not written.isascii() or not written.isdecimal() or not 0 < int(written[:9]) < 1000:
        raise ImproperlyConfigured(f"{name}: hãy ghi một số từ 1 đến 999, không phải “{written[:40]}”.")
    return int(written)


def folder(env, name: str, default: Path) -> Path:
    """The folder may be missing; only a path that cannot become a folder is refused."""
    written = env.str(name, "") or str(default)
    if "\0" in written:
        raise ImproperlyConfigured(f"{name}: đường dẫn thư mục không đọc được.")
    path = Path(written).resolve()
    standing = next(place for place in (path, *path.parents) if place.exists())
    if not standing.is_dir():
        raise ImproperlyConfigured(f"{name}: {standing} là một tệp; hãy chỉ tới một thư mục.")
    return path


def database(env, name: str, default: str) -> dict:
    """The settings of PostgreSQL or SQLite, as the address says."""
    wrong = ImproperlyConfigured(f"{name}: không đọc được địa chỉ cơ sở dữ liệu; hãy ghi như {EXAMPLE}.")
    written = env.str(name, "") or default
    if written.partition(":")[0] not in SCHEMES or "://" not in written:
        raise wrong
    try:
        read = env.db_url_config(written)
    except (ValueError, KeyError, IndexError, ImproperlyConfigured):
        raise wrong from None
    if not read.get("NAME"):
        raise wrong
    _refuse_without_package(name, read["ENGINE"])
    return read


def cache(env, name: str, default: str) -> dict:
    """Files of this machine, or Redis."""
    wrong = ImproperlyConfigured(
        f"{name}: không đọc được địa chỉ bộ nhớ đệm; hãy ghi như redis://may:6379/1, filecache:///duong/dan/cache."
    )
    written = env.str(name, "") or default
    if written.partition(":")[0] not in CACHE_SCHEMES or "://" not in written:
        raise wrong
    try:
        read = env.cache_url_config(written)
    except (ValueError, KeyError, IndexError, ImproperlyConfigured):
        raise wrong from None
    _refuse_without_package(name, read["BACKEND"])
    return read


def storage(env, name: str) -> dict:
    """The settings of a storage that speaks S3, as `s3://key:secret@host/bucket` says; {} where none is named.

    `s3+http://` speaks without TLS, for a server on the same machine or wire. `?region=` names a region.
    """
    written = env.str(name, "")
    if not written:
        return {}
    wrong = ImproperlyConfigured(
        f"{name}: không đọc được địa chỉ kho tệp; hãy ghi như s3://khoa:bi-mat@may:9000/ten-kho?region=us-east-1."
    )
    try:
        address = urlsplit(written)
        host, port = address.hostname, address.port
        options = parse_qs(address.query, strict_parsing=bool(address.query))
    except ValueError:
        raise wrong from None
    bucket = address.path.strip("/")
    complete = host and bucket and "/" not in bucket and address.username and address.password
    if address.scheme not in STORAGE_SCHEMES or not complete or set(options) - {"region"}:
        raise wrong
    _refuse_without_package(name, "outbox.SharedFiles")
    return {
        "endpoint_url": f"{STORAGE_SCHEMES[address.scheme]}://{host}{f':{port}' if port else ''}",
        "bucket_name": bucket,
        "access_key": unquote(address.username or ""),
        "secret_key": unquote(address.password or ""),
        "region_name": options.get("region", ["us-east-1"])[0],
    }


def scanner(env, name: str) -> str:
    """ClamAV's daemon on a machine (`tcp://host:3310`) or a socket (`unix:///path`); "" for none."""
    written = env.str(name, "").strip()
    wrong = ImproperlyConfigured(
        f"{name}: không đọc được địa chỉ máy quét virus; hãy ghi như tcp://127.0.0.1:3310, "
        "unix:///var/run/clamav/clamd.ctl."
    )
    try:
        parts = urlsplit(written)
        readable = bool(parts.hostname) and parts.port != 0 if parts.scheme == "tcp" else parts.path.startswith("/")
    except ValueError:
        raise wrong from None
    if written and not (parts.scheme in SCANNER_SCHEMES and readable):
        raise wrong
    return written


def hook(env, name: str) -> str:
    """The http(s) address to which something is posted; "" for none."""
    written = env.str(name, "").strip()
    try:
        parts = urlsplit(written)
        readable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        readable = False
    if written and not readable:
        raise ImproperlyConfigured(
            f"{name}: không đọc được địa chỉ nhận tin nhắn; hãy ghi như https://sms.example.vn/gui."
        )
    return written


def _refuse_without_package(name: str, backend: str) -> None:
    package = PACKAGES.get(backend.rpartition(".")[2])
    if package and find_spec(package) is None:
        raise ImproperlyConfigured(
            f"{name}: địa chỉ này cần gói {package} mà máy chưa có; hãy cài bằng "
            "pip install --require-hashes -r requirements.lock."
        )

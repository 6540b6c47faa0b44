"""Refuses an unsafe production start, saying which value is unsafe.

Production is a start with neither DEBUG nor INSECURE_HTTP. The same rules answer `check --deploy` and stop `manage.py
run` and the WSGI entry before they listen.
"""

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
DEFAULT_KEYS = ("django-insecure", "changeme", "change-me", "secret", "doi-toi")


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def secret_key_errors():
    key = settings.SECRET_KEY
    if settings.PRODUCTION and settings.SECRET_KEY_IS_GENERATED:
        yield "E001", "SECRET_KEY: chưa được đặt; hãy đặt một chuỗi ngẫu nhiên dài ít nhất 50 ký tự."
    elif settings.PRODUCTION and (len(key) < SHORTEST_KEY or len(set(key)) < 5):
        yield "E002", "SECRET_KEY: quá ngắn hoặc quá dễ đoán; cần ít nhất 50 ký tự ngẫu nhiên."
    elif settings.PRODUCTION and key.lower().startswith(DEFAULT_KEYS):
        yield "E003", "SECRET_KEY: là giá trị mẫu ai cũng biết; hãy đặt một chuỗi ngẫu nhiên của riêng nơi này."


def host_errors():
    if settings.PRODUCTION and not settings.ALLOWED_HOSTS:
        yield "E004", "ALLOWED_HOSTS: chưa được đặt; hãy ghi tên miền của trang, ví dụ hoc.example.gov.vn."
    elif settings.PRODUCTION and any(host.strip() in ("*", ".") for host in settings.ALLOWED_HOSTS):
        yield "E005", "ALLOWED_HOSTS: dấu * nhận mọi tên miền; hãy ghi đúng tên miền của trang."


def address_errors():
    address = urlsplit(settings.BASE_URL)
    if not address.hostname or address.scheme not in ("http", "https") or address.path:
        yield "E006", "BASE_URL: phải là một địa chỉ như https://hoc.example.gov.vn, không có đường dẫn phía sau."
    elif settings.PRODUCTION and address.scheme != "https":
        yield "E007", "BASE_URL: phải bắt đầu bằng https://."
    elif settings.INSECURE_HTTP and not is_loopback(address.hostname):
        yield "E008", "INSECURE_HTTP: chỉ dùng được khi BASE_URL là máy này (127.0.0.1 hoặc localhost)."
    if (settings.INSECURE_HTTP or settings.DEBUG) and not is_loopback(settings.BIND):
        name = "INSECURE_HTTP" if settings.INSECURE_HTTP else "DEBUG"
        yield "E009", f"{name}: chỉ dùng được khi BIND là máy này (127.0.0.1), không mở ra mạng."


def proxy_errors():
    for text in settings.TRUSTED_PROXIES:
        try:
            network = ip_network(text, strict=False)
        except ValueError:
            yield (
                "E010",
                f"TRUSTED_PROXIES: “{text}” không phải địa chỉ IP hay mạng (CIDR), ví dụ 127.0.0.1,10.0.0.0/8.",
            )
        else:
            if network.prefixlen == 0:
                yield (
                    "E011",
                    f"TRUSTED_PROXIES: “{text}” tin mọi máy trên mạng; hãy ghi đúng địa chỉ máy chủ trung gian.",
                )


def shared_errors():
    """What several machines have to share."""
    if settings.WEB_HOSTS == 1:
        return
    if "redis" not in settings.CACHES["default"]["BACKEND"].lower():
        yield "E012", "CACHE_URL: nhiều máy (WEB_HOSTS) cần chung một Redis; hãy ghi như redis://may:6379/1."
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield "E013", "DATABASE_URL: nhiều máy (WEB_HOSTS) cần chung một PostgreSQL; SQLite chỉ dùng cho một máy."
    if settings.SECRET_KEY_IS_GENERATED:
        yield "E014", "SECRET_KEY: nhiều máy (WEB_HOSTS) cần cùng một chuỗi; hãy đặt nó giống nhau ở mọi máy."


def unsafe_values() -> list[tuple[str, str]]:
    """(id, sentence naming the variable) of every value that forbids a start; empty when it may start."""
    rules = (secret_key_errors, host_errors, address_errors, proxy_errors, shared_errors)
    return [value for rule in rules for value in rule()]


def refuse_unsafe_start() -> None:
    """Raises ImproperlyConfigured with one line for each unsafe value."""
    if values := unsafe_values():
        raise ImproperlyConfigured("\n".join(sentence for _id, sentence in values))


@register(Tags.security, deploy=True)
def check_unsafe_values(app_configs, **kwargs):
    return [Error(sentence, id=f"config.{number}") for number, sentence in unsafe_values()]


@register(Tags.security, deploy=True)
def check_fit_for_production(app_configs, **kwargs):
    warnings = []
    if settings.INSECURE_HTTP:
        warnings.append(Warning("INSECURE_HTTP đang bật: chỉ để chạy thử trên một máy.", id="config.W001"))
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if sqlite and "redis" in settings.CACHES["default"]["BACKEND"].lower():
        text = "DATABASE_URL: SQLite chỉ dùng cho một máy; nhiều máy chung Redis thì cần PostgreSQL."
        warnings.append(Warning(text, id="config.W002"))
    if settings.PRODUCTION and not settings.TRUSTED_PROXIES:
        text = (
            "TRUSTED_PROXIES: chưa được đặt nên không máy chủ trung gian nào được tin, và mọi trang chuyển hướng mãi "
            "sang https; hãy ghi địa chỉ của máy nhận https, ví dụ 127.0.0.1."
        )
        warnings.append(Warning(text, id="config.W004"))
    if settings.WEB_HOSTS > 1 and "private" not in settings.STORAGES:
        text = (
            "STORAGE_URL: chưa được đặt; nhiều máy (WEB_HOSTS) phải thấy cùng các tệp tải lên và tệp riêng, hoặc qua "
            "kho S3, hoặc qua một thư mục chung ở DATA_DIR/uploads và DATA_DIR/private của mọi máy."
        )
        warnings.append(Warning(text, id="config.W005"))
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        warnings.append(Warning("EMAIL_URL: chưa được đặt nên thư chỉ được ghi vào DATA_DIR/mail.", id="config.W003"))
    return warnings

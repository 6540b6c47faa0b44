"""The one settings module, driven by environment variables (docs/production.md lists them).

With nothing set, commands work on SQLite under `var/` with safe local defaults. A production start (neither DEBUG nor
INSECURE_HTTP) is refused by `config.checks` where a value would be unsafe.
"""

import os
import secrets
import socket
from pathlib import Path

import django.conf.locale
import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.languages import LANG_INFO, LANGUAGES
from config.retention import RETENTION  # noqa: F401

BASE_DIR = Path(__file__).resolve().parents[2]
SITE_DIR = BASE_DIR / "site"

env = environ.Env()

DEBUG = env.bool("DEBUG", False)
# Plain http on loopback (`make serve`): cookies without Secure, no redirect to https, demo accounts allowed.
INSECURE_HTTP = env.bool("INSECURE_HTTP", False)
PORT = environment.port(env, "PORT", 8000)
# the address on which `manage.py run` listens; loopback is enough for a proxy on the same machine
BIND = env.str("BIND", "127.0.0.1")
DATA_DIR = environment.folder(env, "DATA_DIR", BASE_DIR / "var")


def _kept_secret() -> str:
    """The key that the first start generates into DATA_DIR, so that sessions survive a restart."""
    path = DATA_DIR / "secret_key"
    if path.exists():
        return path.read_text().strip()
    draft = path.with_name(f"secret_key.{os.getpid()}")
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        with open(draft, "w", opener=lambda p, flags: os.open(p, flags, 0o600)) as handle:
            handle.write(secrets.token_urlsafe(64))
        try:
            # there whole or not at all, and the first one stays
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR: không ghi được vào {DATA_DIR} ({error.strerror}).") from None
    return path.read_text().strip()


SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_IS_GENERATED = not SECRET_KEY
SECRET_KEY = SECRET_KEY or _kept_secret()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
BASE_URL = env.str("BASE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
# production must name its hosts; on a developer's machine the loopback names are enough
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if INSECURE_HTTP or DEBUG else [])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# addresses or networks (CIDR) whose X-Forwarded-* headers are believed
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
# machines that serve this site together, and what this one is called among them
WEB_HOSTS = environment.count(env, "WEB_HOSTS", 1)
HOST_NAME = env.str("HOST_NAME", "") or socket.gethostname()

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "people",
    "media",
    "outbox",
    "pages",
    "courses",
    "campaigns",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtailmedia",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.serving.health.HealthMiddleware",
    "config.serving.proxies.ClientAddressMiddleware",
    "config.serving.addresses.ReadableAddressMiddleware",
    "config.serving.bounds.AddressBoundMiddleware",
    "config.serving.compression.TextCompressionMiddleware",
    "pages.serving.cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.serving.policies.PolicyMiddleware",
    # about every answer, also those that take the place of another further in
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.serving.addresses.SentNotOpenedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # before all that reads a body: Django checks the token of a form after every middleware began
    "config.serving.bounds.BodyBoundMiddleware",
    "people.signing_in.sessions.SessionLifeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "people.signing_in.second_step.SecondStepMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pages.cms.middleware.CmsGateMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "config.serving.health.DatabaseAwayMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": (
                [
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ]
                if DEBUG
                else [
                    (
                        "django.template.loaders.cached.Loader",
                        [
                            "django.template.loaders.filesystem.Loader",
                            "django.template.loaders.app_directories.Loader",
                        ],
                    )
                ]
            ),
        },
    }
]

# --- database: SQLite in WAL with immediate transactions, or PostgreSQL by DATABASE_URL
DATABASES = {"default": environment.database(env, "DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
_db = DATABASES["default"]
if _db["ENGINE"].endswith("sqlite3"):
    _db["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; "
        "PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728;",
    }
    _db.setdefault("TEST", {})["NAME"] = str(DATA_DIR / "test.sqlite3")
else:
    _db["CONN_MAX_AGE"] = 60
    _db["CONN_HEALTH_CHECKS"] = True
    # a database that is away is noticed within seconds, and a lost query does not hold a thread for ever
    _db["OPTIONS"] = {"connect_timeout": 5, "application_name": "la-chan", **_db.get("OPTIONS", {})}
    _db.setdefault("TEST", {})["NAME"] = env.str("TEST_DATABASE", "test_la_chan")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache: files in DATA_DIR are shared by all processes of one machine; redis:// for several
CACHES = {"default": environment.cache(env, "CACHE_URL", f"filecache://{DATA_DIR / 'cache'}")}
# tries are counted by Redis itself, else in rows of the database: files know no count that two may change at once
TRIES_IN_CACHE = "redis" in CACHES["default"]["BACKEND"].lower()
# rendered public pages have their own alias, so clearing one cache never empties the other
CACHES["pages"] = {**CACHES["default"], "KEY_PREFIX": "pages"}
# seconds for which a process reuses a content version; reading it from the shared cache costs more than a kept page
CONTENT_VERSION_SECONDS = 0.1
if CACHES["default"]["BACKEND"].endswith("FileBasedCache"):
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 5000}
    CACHES["pages"] = {**CACHES["default"], "LOCATION": f"{CACHES['default']['LOCATION']}-pages"}

# --- people and sign-in
AUTH_USER_MODEL = "people.User"
# passwords that one process checks at once; each takes 7 MiB and a processor for a fiftieth of a second. There is a
# process for each processor, so more would only wait inside, and hold the threads that others' pages need
PASSWORD_CHECKS_AT_ONCE = 2
# the first hashes new passwords; a password with another hash is hashed anew when its owner next signs in
PASSWORD_HASHERS = [
    "people.signing_in.password_hashing.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["people.signing_in.SignInBackend"]
LOGIN_URL = "/tai-khoan/login/"
LOGIN_REDIRECT_URL = "/hoc-tap/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "people.signing_in.backend.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_code"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "people.signing_in.forms.SignInForm",
    "change_password": "people.signing_in.forms.ChangePasswordForm",
    "set_password": "people.signing_in.forms.SetPasswordForm",
    "reset_password": "people.signing_in.forms.ResetPasswordForm",
    "reset_password_from_key": "people.signing_in.forms.ResetPasswordKeyForm",
    "reauthenticate": "people.signing_in.forms.ReauthenticateForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "people.guarding.reset_links.ResetToken"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Wrong passwords are counted by people.signing_in.limits; "login_failed" is left for the codes of the second step.
ACCOUNT_RATE_LIMITS = {
    "login": "1200/m/ip",
    "login_failed": "10/5m/key",
    "reset_password": "120/m/ip,5/h/key",
    "reset_password_from_key": "300/m/ip",
    "reauthenticate": "10/5m/user",
    "change_password": "10/5m/user",
}
MFA_ADAPTER = "people.signing_in.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# who missed the page makes new ones
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # the clocks of cheap phones are up to half a minute wrong
MFA_FORMS = {
    "authenticate": "people.signing_in.second_step_forms.AuthenticateForm",
    "reauthenticate": "people.signing_in.second_step_forms.ReauthenticateForm",
    "activate_totp": "people.signing_in.second_step_forms.ActivateForm",
    "add_webauthn": "people.signing_in.second_step_forms.AddKeyForm",
    "edit_webauthn": "people.signing_in.second_step_forms.RenameKeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or INSECURE_HTTP
# paths that only staff roles open, with a second step where it is required (below)
STAFF_DOORS = (
    "/bao-cao/",
    # sessions of observed practice and forms about others; one's own card and result stay open
    "/buoi-tap/moi/",
    "/buoi-tap/buoi/",
    "/buoi-tap/phieu/",
    "/buoi-tap/thong-nhat/",
    "/buoi-tap/bo-tieu-chi/",
    # classes, attendance, the people of others; one's own classes stay open
    "/lop-tap-huan/moi/",
    "/lop-tap-huan/lop/",
    "/lop-tap-huan/diem-danh/",
    "/lop-tap-huan/cho-xac-nhan/",
    "/lop-tap-huan/ma/",
    "/lop-tap-huan/phieu/",
    "/lop-tap-huan/noi-khac/",
    "/lop-tap-huan/kinh-phi/",
    # what others asked; one's own questions stay open
    "/hoi-dap/phu-trach/",
    # writing and reviewing models worth copying; the list is open to whoever is signed in
    "/mo-hinh-hay/phu-trach/",
    # plans of units
    "/ke-hoach/",
    # what waits for who manages a school; the lessons are public
    "/truong-hoc/viec-can-lam/",
    "/truong-hoc/quan-ly/",
    "/truong-hoc/nhat-ky/",
    "/truong-hoc/ban-cua-truong/",
    "/truong-hoc/bao-phu/",
    "/truong-hoc/gop-y/",
    # the log of activities
    "/hoat-dong/",
    # the desk of translators and approvers
    "/dich/",
    # alerts before they are public, and who put them out
    "/canh-bao-nhanh/",
    # voices, recorded and approved
    "/tieng-noi/",
    # what communes print, and the texts of the campaign
    "/in-an/",
    "/loa-xa/",
    # codes for the rooms of gatherings; the questions themselves are public
    "/hoi-nhanh/phong/",
    # the calendar of a unit; one's own stays open
    "/lich/don-vi/",
    "/cms/",
    "/tai-khoan/phieu-kich-hoat/",
    "/tai-khoan/thay-doi/",
    "/tai-khoan/gop-ho-so/",
    "/tai-khoan/sap-xep/",
    "/tai-khoan/nhat-ky/tat-ca/",
    "/tai-khoan/de-nghi-vai-tro/",
    "/tai-khoan/goi-bao/",
    "/tai-khoan/chu-van-giu/",
    "/tai-khoan/xoa/",
    "/tep/original_images/",
)

# --- the province's identity provider (OpenID Connect), off until OIDC_ISSUER is set
OIDC_ISSUER = env.str("OIDC_ISSUER", "").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", "hệ thống của tỉnh")
OIDC_STAFF_CODE_CLAIM = env.str("OIDC_STAFF_CODE_CLAIM", "staff_code")
SOCIALACCOUNT_ADAPTER = "people.signing_in.identity_provider.ProvinceAdapter"
# a link, since form-action forbids a form's redirect to another origin
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "tinh",
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", ""),
                "secret": env.str("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER, "scope": env.list("OIDC_SCOPES", default=["openid", "email"])},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_ENGINE = "people.signing_in.sessions"

# --- language and time
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
django.conf.locale.LANG_INFO.update(LANG_INFO)
LOCALE_PATHS = [SITE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# who submits a page for translation publishes nothing: until somebody translated it, it is Vietnamese
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# --- files
STATIC_URL = "/static/"
# one folder for several machines, so that a page of one of them never names a file that another lacks
STATIC_ROOT = environment.folder(env, "STATIC_DIR", DATA_DIR / "static")
STATICFILES_DIRS = [SITE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "pages.shell.surfaces.SurfaceFinder",
]
MEDIA_URL = "/tep/"
MEDIA_ROOT = DATA_DIR / "uploads"
# exports and uploads that only their owner may fetch; they have no URL of their own
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES: dict[str, dict] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.static_files.CollectedOrPlain"
    },
}
# files of several machines: an S3 storage, whose addresses stay ours (outbox.shared_files)
if _storage := environment.storage(env, "STORAGE_URL"):
    _shared = "outbox.shared_files.SharedFiles"
    STORAGES["default"] = {"BACKEND": _shared, "OPTIONS": {**_storage, "location": "uploads"}}
    STORAGES["private"] = {"BACKEND": _shared, "OPTIONS": {**_storage, "location": "private", "has_addresses": False}}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# a conversation of 16 turns is a form of about 1,100 fields, ten for each thing that can be said
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o640

# --- mail: without EMAIL_URL mails are written to DATA_DIR/mail, never silently dropped
if env.str("EMAIL_URL", ""):
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
# a server that accepts the connection and stays silent must not hold up the worker's other effects
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "la-chan@localhost")

# --- text messages: where they are posted to (docs/outbox.md); "" sends none, and who has no mail is called
TEXT_MESSAGE_URL = environment.hook(env, "TEXT_MESSAGE_URL")
TEXT_MESSAGE_TOKEN = env.str("TEXT_MESSAGE_TOKEN", "")

# --- background work
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# seconds after which the effects of a dead worker are taken back
OUTBOX_LEASE = env.int("OUTBOX_LEASE", 60)

# --- Wagtail
WAGTAIL_SITE_NAME = "Lá Chắn"
WAGTAILADMIN_BASE_URL = BASE_URL
# read back by config.formats
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H:%M"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "campaigns.review.approval.publish_approved"
# by default Wagtail offers its own languages, without Vietnamese (site/locale/vi), and all time zones
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# leads on to allauth, and answers those who are signed in without a right to enter
WAGTAILADMIN_LOGIN_URL = "/cms/login/"
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "media.DocumentFile"
# what each must look like inside: media/contents/kinds.py
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "mp3", "zip"]
# by the site itself, wherever the files lie: it knows who may have one
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# everything else is downloaded
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif", "heic"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.forms.DocumentForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# below the limit in docs/nginx.conf, so that the form itself says what is too big
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
RECORDING_MAX_UPLOAD_SIZE = WAGTAILDOCS_MAX_UPLOAD_SIZE
# ClamAV's daemon, by which documents are scanned; "" for none
CLAMAV_URL = environment.scanner(env, "CLAMAV_URL")
ROSTER_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
# of the format that takes most; media.cleaning.bounds says more
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 110_000_000
WAGTAILIMAGES_AVIF_QUALITY, WAGTAILIMAGES_WEBP_QUALITY, WAGTAILIMAGES_JPEG_QUALITY = 55, 70, 72
WAGTAILMEDIA = {
    "MEDIA_MODEL": "media.Recording",
    "MEDIA_FORM_BASE": "media.forms.RecordingForm",
    "AUDIO_EXTENSIONS": ["mp3", "m4a", "aac", "ogg", "opus", "wav", "aif", "aiff", "flac"],
    "VIDEO_EXTENSIONS": ["mp4", "m4v", "mov", "webm", "mkv", "ogv", "mpg", "mpeg", "avi"],
}
# "simple": PostgreSQL's English would leave out "an", "do" and "to"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "pages.cms.search_backend", "SEARCH_CONFIG": "simple"}}
WAGTAILEMBEDS_FINDERS: list[dict] = []
TAGGIT_CASE_INSENSITIVE = True

# --- security
SECURE_CONTENT_TYPE_NOSNIFF = True
# not "no-referrer": with it browsers send "Origin: null" with our own forms, and the CSRF check refuses them
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Wagtail relaxes it by itself for the preview of a page
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.serving.errors.csrf_failure"
# marks a browser in which the owner of an account signed in before (people.signing_in.limits)
DEVICE_COOKIE_NAME = "may"
PRODUCTION = not (DEBUG or INSECURE_HTTP)
SECOND_STEP_REQUIRED = PRODUCTION
if PRODUCTION:
    # only a proxy that TRUSTED_PROXIES names may say that the client used https (config.serving.proxies)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_SUBDOMAINS", True)
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    DEVICE_COOKIE_NAME = "__Secure-may"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}
# Wagtail's editor writes inline scripts and styles and previews pages in a frame; nothing may come from elsewhere
EDITOR_PATH = "/cms/"
EDITOR_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# the site needs none of these
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )  # fmt: skip
)

# --- the site
QUICK_EXIT_URL = env.str("QUICK_EXIT_URL", "https://vi.wikipedia.org/wiki/Th%E1%BB%9Di_ti%E1%BA%BFt")

# --- logs: one line each, without anybody's name, address or query (config.logs)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own handlers would mail the administrators whole requests
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "gunicorn.http.wsgi": {"level": "ERROR"},  # this logger warns of every HEAD
        # the database records who edited what; a line for each page would drown the progress of `seed`
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}

SILENCED_SYSTEM_CHECKS: list[str] = []

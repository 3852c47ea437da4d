"""One file, one environment: safe defaults, SQLite and file broker unless told otherwise.

Every variable read here is documented in the README; a test compares the two. A wrong
one stops the start with a sentence (``timpora.environment``).
"""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from timpora.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()


def kept_secret(path: Path) -> str:
    """The installation's own key, made once and readable by its owner alone."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")
for name in ("media", "mail", "broker/queue", "broker/control"):
    (VAR_DIR / name).mkdir(parents=True, exist_ok=True)

DEBUG = env.switch("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY") or kept_secret(VAR_DIR / "secret-key")
PORT = env.number("PORT", default=8000, most=65535)
# Seal document numbers; the first seals, all open, so a new one is put in front.
FIELD_KEYS = env.secrets("FIELD_KEYS") or [kept_secret(VAR_DIR / "field-key")]
# Links in letters and mails start here; phones in the room must be able to reach it.
SITE_URL = env.site("SITE_URL", default=f"http://localhost:{PORT}")
ALLOWED_HOSTS = env.hosts(
    "ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]", urlsplit(SITE_URL).hostname or ""],
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Shows the demonstration's banner; `make run` loads the demonstration itself.
DEMO = env.switch("DEMO")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials",
    "agencies",
    "documents",
    "foreigners",
    "meetings",
    "reports",
]

MIDDLEWARE = [
    "agencies.middleware.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "agencies.middleware.PackedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "agencies.middleware.SessionLimits",
    "agencies.middleware.SecondFactor",
    "agencies.middleware.OfficeZone",
    "agencies.middleware.PermissionsPolicy",
]

ROOT_URLCONF = "timpora.urls"
WSGI_APPLICATION = "timpora.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
                "agencies.templatetags.timpora",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agencies.context_processors.installation",
            ],
        },
    }
]

DATABASES = {
    "default": env.database(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'timpora.sqlite3'}"
    )
}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes the lock when its transaction starts: it waits its turn there,
        # and never meets "database is locked" half way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # Compiling a query takes longer than the widest of ours runs.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
# A connection that stays open spares each request its start; on SQLite it also keeps the
# last one that leaves from sweeping up the journal while the next one comes in.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# What an index carries along is PostgreSQL's; SQLite, for small offices, reads the row.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by web processes and workers, whatever the installation has.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}

# --- tasks ---------------------------------------------------------------------------
CELERY_BROKER_URL = env.broker("CELERY_BROKER_URL", default="filesystem://localhost")
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker/queue"),
        "data_folder_out": str(VAR_DIR / "broker/queue"),
        "control_folder": str(VAR_DIR / "broker/control"),
        "polling_interval": 0.1,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "max_retries": 1,
    }
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_POOL = "timpora.pool:TaskPool"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "owed-notifications": {"task": "agencies.tasks.sweep", "schedule": 60},
    "owed-papers": {"task": "documents.tasks.sweep", "schedule": 60},
    "owed-meetings": {"task": "meetings.tasks.sweep", "schedule": 60},
    "due-clocks": {"task": "foreigners.tasks.sweep", "schedule": 60},
    "owed-reports": {"task": "reports.tasks.sweep", "schedule": 60},
    # A period that ended has its draft within the hour.
    "due-recaps": {"task": "reports.tasks.prepare", "schedule": crontab(minute=5)},
    # At night, when nobody waits for the disk.
    "evidence": {
        "task": "foreigners.tasks.rehash",
        "schedule": crontab(hour=2, minute=30),
    },
}

# Called in the transaction that changes a free day: ``agencies.services.free_days``.
FOLLOW_FREE_DAYS = ["foreigners.services.shifting.follow_free_days"]

# --- people --------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "agencies.backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "agencies.passwords.NotLikeMyself",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "agencies.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "agencies.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "agencies.adapters.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "agencies.adapters.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/m/ip,5/m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "TIMPORA"
# An address is proved by the invitation's link; the library keeps no list of its own.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Immigration roles must set up a second factor before they see anything.
REQUIRE_MFA = env.switch("REQUIRE_MFA")

SESSION_COOKIE_AGE = 12 * 60 * 60  # ASVS 7: absolute limit of a session
SESSION_IDLE_SECONDS = env.number(
    "SESSION_IDLE_SECONDS", default=30 * 60, most=SESSION_COOKIE_AGE
)
SESSION_COOKIE_SAMESITE = "Lax"

# --- mail ----------------------------------------------------------------------------
mail = env.mail("EMAIL_URL", default="filemail://")
vars().update(mail)
if mail["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.sender(
    "DEFAULT_FROM_EMAIL", default="TIMPORA <timpora@localhost>"
)

# --- language, time, files -----------------------------------------------------------
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = env.folder("STATIC_ROOT", default=VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 31536000 if not DEBUG else 0
# The letters of papers never travel to a browser; packing them takes half of a start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
# A reverse proxy that knows X-Accel-Redirect sends files itself (prefix of its location).
ACCEL_REDIRECT_PREFIX = env.location("ACCEL_REDIRECT_PREFIX")

# Who makes electronic signatures: a class that is a documents.services.signing.Adapter.
SIGNING_ADAPTER = "documents.services.signing.LocalCertificates"
# Certificates from which a chain must start to be called trusted; none by default.
TRUSTED_ROOTS = env.certificates("TRUSTED_ROOTS")

# --- headers -------------------------------------------------------------------------
HTTPS = SITE_URL.startswith("https://")
# What a proxy says of a request (its scheme, its address) counts only if there is one.
BEHIND_PROXY = env.switch("BEHIND_PROXY")
SECURE_SSL_REDIRECT = HTTPS
# A monitor on the machine itself asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    # A monitor that asks before the site is up is answered, not reported.
    "filters": {
        "no_health": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda entry: "/sehat/" not in entry.getMessage(),
        },
        "no_keys": {"()": "timpora.logs.HideKeys"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_health", "no_keys"],
        }
    },
    "root": {"handlers": ["console"], "level": env.level("LOG_LEVEL", default="INFO")},
    # WeasyPrint and fontTools narrate every glyph they keep.
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        # A broken signature is an answer, and whoever asked gets it.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
        "weasyprint": {"level": "ERROR"},
    },
}

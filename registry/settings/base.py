"""What is true of every installation. Whatever differs is in `dev`, `test` and `prod`."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF

from registry.settings.broker import *  # noqa: F403 - Celery reads its settings from here

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
# One ignored folder holds everything an installation makes (see the README).
DATA_FOLDER = Path(env.str("DATA_FOLDER", default=str(BASE_DIR / "var")))


def database_from_url(url: str) -> dict[str, Any]:
    """Read a database address; a socket folder (`?host=`) becomes HOST, so that dbshell sees it too."""
    database: dict[str, Any] = dict(env.db_url_config(url))
    options = database.get("OPTIONS", {})
    if "host" in options:
        database["HOST"] = options.pop("host")
    return database


# --- What the project is made of, its rooms in the order data walks
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "django_htmx",
    "django_cotton",
    "heroicons",
    "bootstrap",
    "axes",
    "common.audit",
    "common.changes",
    "accounts",
    "registry.users",
    "registry.declarations",
    "registry.intake",
    "registry.evidence",
    "registry.rules",
    "registry.findings",
    "registry.lookup",
    "registry.notifications",
    "registry.bulk",
    "registry.exports",
    "registry.samples",
    "registry.privacy",
    "registry.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "registry.web.language.ChosenLanguage",  # instead of Django's, which follows the browser
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # public pages say so: login_not_required
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "registry.web.shaping.Refusals",
    "registry.web.access.ScopesAskedOnce",
    "axes.middleware.AxesMiddleware",  # last: it answers for the sign-in
]

ROOT_URLCONF = "registry.urls"
WSGI_APPLICATION = "registry.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "registry.web.context.navigation",
            ],
        },
    },
]

FORM_RENDERER = "registry.web.drawing.Renderer"

# --- Data
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False  # acts are atomic themselves; a page that streams must not hold a transaction
PRIVATE_MEDIA_ROOT = DATA_FOLDER / "private"  # photos and imports: served only after a permission check

EXPORT_SIGNING_KEY = env.str(
    "EXPORT_SIGNING_KEY", default=""
)  # blank: one is made and kept beside the photos
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")  # where the links in letters lead

# --- Outgoing requests to agencies' pages and portals (see docs/operations.md)
# Whom a site's administrator can write to: an address, in each request. Blank: nothing is ever sent.
OUTGOING_CONTACT = env.str("OUTGOING_CONTACT", default="")
OUTGOING_NAME = "ChinhDanh"
OUTGOING_GAP_SECONDS = env.float("OUTGOING_GAP_SECONDS", default=2.0)  # between two requests to one site
OUTGOING_REFUSED_NETWORKS = env.list("OUTGOING_REFUSED_NETWORKS", default=[])  # besides all special ranges

# --- People
AUTH_USER_MODEL = "users.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# A whole agency may sit behind one address: a lock is for one login from one address, and ends by itself.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "registry.web.signin.locked"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE = 10 * 3600  # seconds: a working day; office computers are shared
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "registry.web.shaping.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    # Django's own pages for administrators, on an allow-listed network in production.
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [NONCE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # data: the small signs inside Bootstrap's style sheet
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "registry.api.problems.shape",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": None,
}

# --- Language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]  # each in its own words
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # seconds
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["registry.web.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- Files the browser gets
STATIC_URL = "static/"
STATIC_ROOT: Path | None = None  # production collects; elsewhere files come straight from the sources

# --- Uploads: a staff list of 200,000 rows fits; forms stay small
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- The public look-up: how often one client may ask, of each process; how long an answer is kept
LOOKUPS_A_MINUTE = env.int("LOOKUPS_A_MINUTE", default=120)
REPORTS_AN_HOUR = env.int("REPORTS_AN_HOUR", default=20)
LOOKUP_KEEP_SECONDS = env.int("LOOKUP_KEEP_SECONDS", default=30)
PROXIES_IN_FRONT = 0  # proxies of ours that write X-Forwarded-For; 0: the connection itself is the client

CELERY_BROKER_URL = env.str("BROKER_URL", default="")
CELERY_TIMEZONE = TIME_ZONE

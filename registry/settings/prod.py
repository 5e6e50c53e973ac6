"""Production: everything that differs or is secret comes from the environment, and nothing has a default.

A missing variable stops the start and says, for all that miss at once, what to put there.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from registry.settings.base import *  # noqa: F403 - a settings module is its base plus a few lines
from registry.settings.base import BASE_DIR, database_from_url, env
from registry.settings.logs import configure_logs

REQUIRED = {
    "SECRET_KEY": "a random text of 50 characters or more: "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'",
    "PHONE_DIGEST_KEY": "another random text of 32 characters or more, made the same way; it never changes "
    "afterwards, or declared phone numbers are no longer recognised",
    "EXPORT_SIGNING_KEY": "32 random bytes in base64, kept for ever, for lists taken out are proved by it: "
    "python3 -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'",
    "DATABASE_URL": "postgresql://user:password@host:5432/name",
    "BROKER_URL": "redis://:password@host:6379/0 (Valkey or Redis)",
    "ALLOWED_HOSTS": "the host names people type, comma-separated: sodangky.example.gov.vn",
    "DATA_FOLDER": "a folder that stays, for photos and imports: /srv/registry",
    "EMAIL_URL": "smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the sender people see: Sổ đăng ký <no-reply@example.gov.vn>",
}
_missing = [name for name in REQUIRED if not env.str(name, default="")]
if _missing:
    raise ImproperlyConfigured(
        "The registry cannot start: set these environment variables.\n"
        + "\n".join(f"  {name}={REQUIRED[name]}" for name in _missing)
    )

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
PHONE_DIGEST_KEY = env.str("PHONE_DIGEST_KEY")
for _name, _shortest in (("SECRET_KEY", 50), ("PHONE_DIGEST_KEY", 32)):
    if len(env.str(_name)) < _shortest:
        raise ImproperlyConfigured(f"{_name} is too short: {REQUIRED[_name]}")
    if "development-only" in env.str(_name):  # it lies open in the sources
        raise ImproperlyConfigured(f"{_name} is the one of the development settings: {REQUIRED[_name]}")
_hosts = env.list("ALLOWED_HOSTS")
ALLOWED_HOSTS = [*_hosts, "localhost"]  # the container's own health check
SITE_URL = env.str("SITE_URL", default=f"https://{_hosts[0]}")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _hosts]
PRIVATE_MEDIA_ROOT = Path(env.str("DATA_FOLDER")) / "private"

DATABASES = {
    "default": {
        **database_from_url(env.str("DATABASE_URL")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
CELERY_BROKER_URL = env.str("BROKER_URL")

STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
vars().update(env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")
EMAIL_TIMEOUT = 10

# --- HTTPS ends at a proxy in front; that proxy must set (and never pass on) X-Forwarded-Proto.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PROXIES_IN_FRONT = env.int("PROXIES_IN_FRONT", default=1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True

LOGGING = configure_logs(as_json=True, level=env.str("LOG_LEVEL", default="INFO"))

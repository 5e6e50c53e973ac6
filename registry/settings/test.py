"""Tests: `tests/conftest.py` starts the real servers and says where they are."""

from pathlib import Path

from registry.settings.base import *  # noqa: F403 - a settings module is its base plus a few lines
from registry.settings.base import INSTALLED_APPS, database_from_url, env
from registry.settings.logs import configure_logs

DEMO = True
INSTALLED_APPS = [*INSTALLED_APPS, "registry.demo"]
SECRET_KEY = "test-only-" + "0" * 50
PHONE_DIGEST_KEY = "test-only-phone-digest-key-0000"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = {"default": database_from_url(env.str("DATABASE_URL", default="postgresql:///registry"))}

PRIVATE_MEDIA_ROOT = Path("/nonexistent/set-by-conftest")  # a folder a worker: they run side by side

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "no-reply@registry.test"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOOKUPS_A_MINUTE = REPORTS_AN_HOUR = LOOKUP_KEEP_SECONDS = 0  # the tests of these set their own

LOGGING = configure_logs(as_json=False, level="WARNING")

CELERY_BROKER_URL = env.str("BROKER_URL", default="memory://")  # the `valkey` fixture is a real one

OUTGOING_CONTACT = "quan-tri@registry.test"
OUTGOING_GAP_SECONDS = 0.01

"""A developer's machine, and `make run`: the embedded servers, mail into the data folder, no secrets."""

from registry.settings.base import *  # noqa: F403 - a settings module is its base plus a few lines
from registry.settings.base import CELERY_BROKER_URL, DATA_FOLDER, INSTALLED_APPS, database_from_url, env
from registry.settings.logs import configure_logs
from registry.settings.running import running_stack

DEBUG = env.bool("DEBUG", default=False)
DEMO = True  # `manage.py demo` may fill this register with invented people, and print their password
INSTALLED_APPS = [*INSTALLED_APPS, "registry.demo"]
_stack = running_stack(DATA_FOLDER)

# Nothing in these is secret: the register of `make run` holds invented people on one machine.
SECRET_KEY = env.str("SECRET_KEY", default="development-only-" + "0" * 50)
PHONE_DIGEST_KEY = env.str("PHONE_DIGEST_KEY", default="development-only-phone-digest-key-0000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

DATABASES = {
    "default": {
        **database_from_url(_stack["DATABASE_URL"]),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
CELERY_BROKER_URL = CELERY_BROKER_URL or _stack["BROKER_URL"]

WHITENOISE_USE_FINDERS = True  # static files straight from the sources: nothing to collect first

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_FOLDER / "mail"
DEFAULT_FROM_EMAIL = "Sổ đăng ký <no-reply@localhost>"

LOGGING = configure_logs(as_json=False, level=env.str("LOG_LEVEL", default="INFO"))

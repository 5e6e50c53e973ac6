# Two stages: what builds stays behind; what runs is the code, its packages and nothing to build with.
FROM python:3.11.14-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
WORKDIR /app
# First the lock, then the code: a change of code does not install everything again.
COPY requirements.txt ./
RUN /opt/venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r requirements.txt
COPY manage.py pyproject.toml ./
COPY common common
COPY accounts accounts
COPY registry registry
COPY stack stack
COPY locale locale
# Collecting static files needs settings that can be read, not settings that are true: none of these stays.
RUN /opt/venv/bin/python -m stack.catalogues \
    && /opt/venv/bin/python -m stack.fonts \
    && DJANGO_SETTINGS_MODULE=registry.settings.prod \
    SECRET_KEY=only-so-that-the-settings-can-be-read-while-building-0000 \
    PHONE_DIGEST_KEY=only-so-that-the-settings-can-be-read \
    EXPORT_SIGNING_KEY=b25seS1mb3ItYnVpbGRpbmctbm90LWEtcmVhbC1rZXk= \
    DATABASE_URL=postgresql:///none BROKER_URL=memory:// ALLOWED_HOSTS=none DATA_FOLDER=/data \
    EMAIL_URL=consolemail:// DEFAULT_FROM_EMAIL=none@example.org \
    /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && /opt/venv/bin/python -m compileall -q common accounts registry

FROM python:3.11.14-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=registry.settings.prod \
    DATA_FOLDER=/data
RUN groupadd --gid 10001 registry \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin registry \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://localhost:8000/health/', timeout=4)"]
CMD ["gunicorn", "registry.wsgi", "--bind=0.0.0.0:8000", "--workers=4", "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--limit-request-line=8190"]

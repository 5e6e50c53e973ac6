"""Settings of the server `bench.lookup` measures: those of `make run`, with a bare view beside the real."""

from registry.settings.dev import *  # noqa: F403 - a settings module is its base plus a few lines
from registry.settings.dev import env

ROOT_URLCONF = "bench.serving_urls"
LOOKUPS_A_MINUTE = 0  # all questions come from here
LOOKUP_KEEP_SECONDS = env.int("LOOKUP_KEEP_SECONDS", default=0)  # every question reads the register

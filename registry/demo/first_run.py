"""What a newcomer finds: one small province, with something to do for everybody."""

from django.db import transaction

from accounts.models import Official
from registry.demo import logins, scene
from registry.findings import services
from registry.users.models import User


def first_run() -> list[str]:
    """Fill an empty register with a small province and check it; a register with anybody in it is left alone.

    Returns what to tell whoever started it: the logins that still have the printed password.
    """
    if not (Official.objects.exists() or User.objects.exists()):
        with transaction.atomic():
            scene.build()
        services.run_changed()
        services.work(run=services.start_sweep())
    return logins.lines()

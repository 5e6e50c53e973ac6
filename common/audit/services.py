from typing import Any

from common.audit.models import AuditEvent


def record(
    *,
    act: str,
    by: object | None,
    subject_kind: str,
    subject_id: int | None = None,
    agency_path: str = "",
    payload: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one event in the caller's transaction.

    Args:
        act: the code of the act, "declaration.approved".
        by: the user who acted; None for the system itself.
        subject_kind: "official", "account", "agency", "import"…
        subject_id: the identity acted upon.
        agency_path: the branch it happened in, for scoping the trail.
        payload: facts of the act as JSON; no photo, no telephone number.
    """
    return AuditEvent.objects.create(
        act=act,
        actor_id=getattr(by, "pk", None),
        subject_kind=subject_kind,
        subject_id=subject_id,
        agency_path=agency_path,
        payload=payload or {},
    )

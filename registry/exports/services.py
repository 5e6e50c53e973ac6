"""The writes of this room: a list is made, signed, entered in the ledger and in the trail."""

import re
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyRecord
from accounts.paths import ancestors
from common.audit import services as audit
from common.errors import NotFoundError, RegistryError
from common.translations import one_language
from registry.exports.as_of import branches_at, instant_of
from registry.exports.csv_files import csv_lines, write_csv
from registry.exports.lines import STATES, SUBJECTS, headers, lines
from registry.exports.manifest import SUFFIX, Hashing, digest_of, sealed
from registry.exports.models import Export, Format
from registry.exports.reading import TextRow, text_rows
from registry.exports.sheets import write_xlsx
from registry.findings.selectors import ComplianceFilter
from registry.rules.catalogue import catalogue
from registry.rules.profiles import DEFAULT, profile_by_number
from registry.rules.rule import Subject
from registry.users.models import Role, User
from registry.users.policies import with_merged
from registry.users.selectors import agency_for

_TOLD = 1000  # lines
_UNSAFE_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_TYPES = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# How a program takes the texts back, told in the file's own manifest.
_READING = {
    Format.CSV: "UTF-8 with byte order mark, RFC 4180. At the start of a cell, and right after ; , tab or "
    "a line break in it: where apostrophes are followed by one of = + - @ tab CR ＝ ＋ － ＠, take one away.",
    Format.XLSX: "Every cell is text. A text longer than a cell stands in parts on the last sheet.",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """An exported file and its manifest, in the folder that was asked for."""

    path: Path
    manifest_path: Path
    export: Export


def agency_to_export(code: str, *, by: User | None) -> Agency:
    """The agency with this code, if the person audits it or is its HR officer; None asks for nobody's leave.

    Raises:
        NotFoundError: none such, or not theirs to see: one answer.
    """
    unknown = NotFoundError(
        "unknown_agency",
        _("No agency you may export has the code “%(code)s”.") % {"code": code},
        field="agency",
    )
    if by is None:
        found = Agency.objects.filter(code=code).first()
        if found is None:
            raise unknown
        return found
    try:
        return agency_for(by, code, Role.AUDITOR, Role.HR_OFFICER)
    except NotFoundError:
        raise unknown from None


def read_format(text: str) -> Format:
    """The format people name; raises RegistryError "unknown_format"."""
    try:
        return Format(text.strip().lower())
    except ValueError:
        raise RegistryError(
            "unknown_format",
            _("There is no format “%(format)s”. Choose csv or xlsx.") % {"format": text[:20]},
            field="format",
        ) from None


def read_subject(text: str) -> Subject:
    """What lines are about, as people name it; raises RegistryError "unknown_subject"."""
    try:
        return SUBJECTS[text.strip().lower()]
    except KeyError:
        raise RegistryError(
            "unknown_subject",
            _("There is no subject “%(subject)s”. The subjects are: %(known)s.")
            % {"subject": text[:20], "known": ", ".join(SUBJECTS)},
            field="subject",
        ) from None


def check_filter(wanted: ComplianceFilter) -> None:
    """Refuse a filter that could only give an empty list by mistake.

    Raises:
        RegistryError: "unknown_rule" or "unknown_state".
    """
    known = {rule.code for rule in catalogue()}
    for code in wanted.rules:
        if code not in known:
            raise RegistryError(
                "unknown_rule",
                _("There is no rule “%(rule)s”. The rules are: %(known)s.")
                % {"rule": code[:20], "known": ", ".join(sorted(known))},
                field="rule",
            )
    for state in wanted.states:
        if state not in STATES:
            raise RegistryError(
                "unknown_state",
                _("There is no state “%(state)s”. The states are: %(known)s.")
                % {"state": state[:20], "known": ", ".join(STATES)},
                field="state",
            )


def export_compliance(
    *,
    agency: Agency,
    folder: Path,
    by: User | None,
    day: date | None = None,
    form: Format = Format.CSV,
    wanted: ComplianceFilter | None = None,
    file_name: str = "",
    tell: Callable[[int], None] | None = None,
) -> Delivery:
    """Write an agency's compliance list and its manifest into a folder; enter it in ledger and trail.

    In the active language. Memory does not grow with the list. Whoever calls owns the folder; what is in it
    when this raises is to be thrown away.

    Args:
        agency: the list takes in all below it, and what was merged into them.
        folder: where the two files go.
        by: who asks; checked against their branches. None: the system itself, or an administrator's shell.
        day: the register as it stood at the end of this day in Vietnam; None: now.
        form: CSV or XLSX.
        wanted: what of the list; None: all.
        file_name: what to call the file; "" names it after agency and day.
        tell: told every so many lines how many are written.

    Raises:
        NotFoundError: the agency is not the person's to see.
        RegistryError: "as_of_future", "not_there_yet", "unknown_rule", "unknown_state".
    """
    wanted = wanted or ComplianceFilter()
    agency, record, at = checked(agency, by=by, day=day, wanted=wanted)
    rows = text_rows(branches_at(with_merged([agency.pk]), at), at, wanted)
    if tell is not None:
        rows = _told(rows, tell)
    path = folder / (file_name or _file_name(agency.code, at, form))
    count, digest, size = _write(path, form, rows, at, scratch=folder)
    filters = filter_in_words(wanted)
    with transaction.atomic():
        export = Export.objects.create(
            agency=agency,
            agency_path=record.path,
            by=by,
            as_of=at,
            format=form,
            filter=filters,
            rows=count,
            size=size,
            sha256=digest,
            file_name=path.name,
            created_at=timezone.now(),
        )
        audit.record(
            act="list.exported",
            by=by,
            subject_kind="agency",
            subject_id=agency.pk,
            agency_path=record.path,
            payload={
                "filter": filters,
                "format": form.value,
                "as_of": at.isoformat(),
                "rows": count,
                "sha256": digest,
            },
        )
        manifest_path = path.with_name(path.name + SUFFIX)
        manifest_path.write_bytes(sealed(_manifest(export, record)))
    return Delivery(path, manifest_path, export)


def checked(
    agency: Agency, *, by: User | None, day: date | None, wanted: ComplianceFilter
) -> tuple[Agency, AgencyRecord, datetime]:
    """The agency, its record and the instant of an export, if it can be given to the person.

    Raises:
        NotFoundError, RegistryError: as `export_compliance`.
    """
    agency = agency_to_export(agency.code, by=by)
    check_filter(wanted)
    at = instant_of(day)
    record = AgencyRecord.objects.as_of(at).filter(agency=agency).first()
    if record is None:
        raise RegistryError(
            "not_there_yet", _("The register did not hold this agency on that day yet."), field="as_of"
        )
    return agency, record, at


def filter_in_words(wanted: ComplianceFilter) -> dict[str, Any]:
    """What of the list is wanted, as the ledger and the manifest say it."""
    return {
        "rules": list(wanted.rules),
        "states": list(wanted.states),
        "subjects": [subject.name.lower() for subject in wanted.subjects],
        "platform": wanted.platform,
        "staff_code": wanted.staff_code,
    }


def _told(rows: Iterator[TextRow], tell: Callable[[int], None]) -> Iterator[TextRow]:
    for count, row in enumerate(rows, 1):
        if count % _TOLD == 0:
            tell(count)
        yield row


@contextmanager
def exported_zip(
    *,
    agency: Agency,
    by: User,
    day: date | None,
    form: Format,
    wanted: ComplianceFilter,
    tell: Callable[[int], None] | None = None,
) -> Iterator[tuple[Path, Export]]:
    """The same as one ZIP of file and signed manifest, in a folder that disappears afterwards."""
    with tempfile.TemporaryDirectory(prefix="registry-export-") as folder:
        made = export_compliance(
            agency=agency, folder=Path(folder), by=by, day=day, form=form, wanted=wanted, tell=tell
        )
        packed = made.path.with_name(made.path.name + ".zip")
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            target.write(made.path, made.path.name)
            target.write(made.manifest_path, made.manifest_path.name)
        yield packed, made.export


def _write(
    path: Path, form: Format, rows: Iterator[TextRow], at: datetime, *, scratch: Path
) -> tuple[int, str, int]:
    """Write the file; return the number of lines, the SHA-256 and the size in bytes."""
    if form is Format.CSV:
        with path.open("wb") as file, one_language():
            target = Hashing(file)
            count = write_csv(target, headers(), csv_lines(rows, at))
        return count, target.hexdigest(), target.size
    with one_language():
        count = write_xlsx(path, headers(), lines(rows, at), scratch=scratch)
    with path.open("rb") as file:
        return count, *digest_of(file)


def _manifest(export: Export, record: AgencyRecord) -> dict[str, Any]:
    return {
        "kind": "compliance-list",
        "version": 1,
        "export": str(export.public_id),
        "agency": {"code": export.agency.code, "name": record.name},
        "profile": _profile(record, export.as_of),
        "as_of": _local(export.as_of),
        "filter": export.filter,
        "rows": export.rows,
        "columns": headers(),
        "language": translation.get_language() or settings.LANGUAGE_CODE,
        "generated_at": _local(export.created_at),
        "generated_by": export.by.username if export.by else "",
        "file": {
            "name": export.file_name,
            "type": _TYPES[Format(export.format)],
            "bytes": export.size,
            "sha256": export.sha256,
            "reading": _READING[Format(export.format)],
        },
        "rules": {rule.code: rule.version for rule in catalogue()},
        "software": {"name": "chinh-danh", "version": _software_version()},
    }


def _profile(record: AgencyRecord, at: datetime) -> str:
    """The code of the profile the agency had: its own, or the nearest one above it."""
    above = AgencyRecord.objects.as_of(at).filter(agency__in=ancestors(record.path), profile__isnull=False)
    nearest = max(above, key=lambda each: len(each.path), default=None)
    return (
        DEFAULT.code
        if nearest is None or nearest.profile is None
        else profile_by_number(nearest.profile).code
    )


@cache
def _software_version() -> str:
    written = Path(settings.BASE_DIR) / "pyproject.toml"
    if not written.exists():
        return "unknown"
    return str(tomllib.loads(written.read_text())["project"]["version"])


def _file_name(code: str, at: datetime, form: Format) -> str:
    local = at.astimezone(timezone.get_default_timezone())
    safe = _UNSAFE_IN_A_NAME.sub("-", code).strip(".-") or "agency"
    return f"{_('compliance')}-{safe}-{local:%Y%m%d}.{form.value}"


def _local(instant: datetime) -> str:
    return instant.astimezone(timezone.get_default_timezone()).isoformat()

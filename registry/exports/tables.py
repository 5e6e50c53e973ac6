"""Tables other rooms hand out: written, signed and entered in the ledger like the compliance list."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from accounts.models import Agency, AgencyRecord
from common.audit import services as audit
from registry.exports.csv_files import write_csv
from registry.exports.manifest import SUFFIX, Hashing, digest_of, sealed
from registry.exports.models import Export, Format
from registry.exports.protection import csv_cells
from registry.exports.sheets import write_xlsx
from registry.users.models import User


@dataclass(frozen=True, kw_only=True)
class Table:
    """What is handed out."""

    kind: str  # in the manifest: "sample-report"
    stem: str  # of the file's name
    agency: Agency
    as_of: datetime
    heads: list[str]
    lines: Iterable[list[str]]
    filter: Mapping[str, Any] = field(default_factory=dict)  # in the ledger
    about: Mapping[str, Any] = field(default_factory=dict)  # in the manifest: texts and whole numbers


@contextmanager
def table_zip(*, table: Table, form: Format, by: User) -> Iterator[Path]:
    """One ZIP of file and signed manifest, in a folder that disappears afterwards. In the active language.

    The caller has checked that the person may have it.
    """
    with tempfile.TemporaryDirectory(prefix="registry-export-") as folder:
        path = Path(folder) / f"{table.stem}.{form.value}"
        count, digest, size = _write(path, form, table)
        manifest_path = path.with_name(path.name + SUFFIX)
        manifest_path.write_bytes(_entered(table, form, by, path.name, count, digest, size))
        packed = path.with_name(path.name + ".zip")
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            target.write(path, path.name)
            target.write(manifest_path, manifest_path.name)
        yield packed


def _write(path: Path, form: Format, table: Table) -> tuple[int, str, int]:
    if form is Format.CSV:
        with path.open("wb") as file:
            target = Hashing(file)
            count = write_csv(target, table.heads, (csv_cells(line) for line in table.lines))
        return count, target.hexdigest(), target.size
    count = write_xlsx(path, table.heads, table.lines, scratch=path.parent)
    with path.open("rb") as file:
        return count, *digest_of(file)


@transaction.atomic
def _entered(table: Table, form: Format, by: User, name: str, count: int, digest: str, size: int) -> bytes:
    """Enter the file in ledger and trail; return its manifest."""
    record = AgencyRecord.objects.current().get(agency=table.agency)
    export = Export.objects.create(
        agency=table.agency,
        agency_path=record.path,
        by=by,
        as_of=table.as_of,
        format=form,
        filter=dict(table.filter),
        rows=count,
        size=size,
        sha256=digest,
        file_name=name,
        created_at=timezone.now(),
    )
    audit.record(
        act="list.exported",
        by=by,
        subject_kind="agency",
        subject_id=table.agency.pk,
        agency_path=record.path,
        payload={
            "kind": table.kind,
            "filter": dict(table.filter),
            "format": form.value,
            "as_of": table.as_of.isoformat(),
            "rows": count,
            "sha256": digest,
        },
    )
    return sealed(
        {
            "kind": table.kind,
            "version": 1,
            "export": str(export.public_id),
            "agency": {"code": table.agency.code, "name": record.name},
            "as_of": timezone.localtime(table.as_of).isoformat(),
            "about": dict(table.about),
            "rows": count,
            "columns": table.heads,
            "language": translation.get_language() or settings.LANGUAGE_CODE,
            "generated_at": timezone.localtime(export.created_at).isoformat(),
            "generated_by": by.username,
            "file": {"name": name, "bytes": size, "sha256": digest},
        }
    )

"""The values of somebody's own data: for a machine as they are, for a person in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, Model
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.commitments import WORDINGS
from accounts.models import Account, AccountIdentifier, Agency, AgencyRecord, Official, Photo
from registry.findings.models import Episode, Finding
from registry.findings.wording import title_of, told_to_the_person
from registry.privacy import words
from registry.privacy.who import Colleagues
from registry.rules.legal import ARTICLES
from registry.users.models import User

Plain = str | int | bool | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: `value` keeps its form in every language, `text` is for the reader."""

    field: str
    label: str
    value: Plain
    text: str


class Values:
    """Reads rows; whatever they point to is looked up once for all of them.

    Args:
        reader: the person whose data they are.
        rows: all rows that will be read, each with the fields that are.
    """

    def __init__(self, reader: Official, rows: Iterable[tuple[Sequence[str], Model]]) -> None:
        met: dict[type[Model], set[int]] = {User: set(), Agency: set(), Account: set(), Finding: set()}
        photos: set[int] = set()
        for fields, row in rows:
            for name in fields:
                target = _target(row, name)
                pointed = getattr(row, _attname(row, name))
                if pointed is None:
                    continue
                if target is Photo:
                    photos.add(pointed)
                elif target in met:
                    met[target].add(pointed)
        self._who = Colleagues(reader, met[User])
        agencies = AgencyRecord.objects.current().filter(agency__in=met[Agency]).select_related("agency")
        self._agencies = {each.agency_id: each for each in agencies}
        self._accounts = Account.objects.in_bulk(met[Account])
        self._handles: dict[int, str] = {}
        known = AccountIdentifier.objects.filter(account__in=met[Account]).order_by("-pk")
        for identifier in known:  # the first is kept: a later one may be another owner's
            self._handles[identifier.account_id] = identifier.shown
        self._rules = dict(Finding.objects.filter(pk__in=met[Finding]).values_list("pk", "rule"))
        self._photos = dict(Photo.objects.filter(pk__in=photos).values_list("pk", "public_id"))

    def cells(self, table: str, fields: Sequence[str], row: Model) -> list[Cell]:
        """The values of one row, those that are empty too."""
        return [self._cell(table, name, row) for name in fields]

    def _cell(self, table: str, name: str, row: Model) -> Cell:
        raw = getattr(row, _attname(row, name))
        if name == "recorded_by" and raw is None:
            value, text = self._pointed(User, None)
        elif raw is None or raw == "":
            value, text = None, ""
        else:
            target = _target(row, name)
            value, text = self._pointed(target, raw) if target else self._own(table, name, row, raw)
        return Cell(name, words.label_of(table, name), value, text)

    def _pointed(self, target: type[Model], pk: int | None) -> tuple[Plain, str]:
        """What a row points to: a colleague by role, an agency by name, an account; else a number."""
        if target is User:
            said = self._who.words(pk)
            return said, said
        if target is Agency and pk in self._agencies:
            record = self._agencies[pk]
            return {"code": record.agency.code, "name": record.name}, record.name
        if target is Account and pk is not None:
            return self._account(pk)
        if target is Photo and pk in self._photos:
            return str(self._photos[pk]), str(self._photos[pk])
        return pk, str(pk)

    def _own(self, table: str, name: str, row: Model, raw: Any) -> tuple[Plain, str]:
        if (
            name in ("evidence", "episode_evidence")
            and raw is not None
            and isinstance(row, (Finding, Episode))
        ):
            rule = row.rule if isinstance(row, Finding) else self._rules.get(row.finding_id, "")
            said = told_to_the_person(rule, raw)
            return said or None, said
        return _plain(raw), self._text(table, name, raw)

    def _account(self, pk: int) -> tuple[dict[str, Any], str]:
        account, handle = self._accounts[pk], self._handles.get(pk, "")
        name = words.said("accounts.AccountIdentifier", "platform", account.platform)
        return (
            {"id": str(account.public_id), "platform": account.platform, "shown": handle},
            f"{name} · {handle}" if handle else name,
        )

    def _text(self, table: str, name: str, raw: Any) -> str:
        special = _SPECIAL.get(name)
        if special is not None:
            return special(raw)
        if isinstance(raw, bool):
            return _("Yes") if raw else _("No")
        if isinstance(raw, datetime):
            return formats.date_format(timezone.localtime(raw), "DATETIME_FORMAT")
        if isinstance(raw, date):
            return formats.date_format(raw, "SHORT_DATE_FORMAT")
        if isinstance(raw, dict):
            return "; ".join(str(each) for each in raw.values())
        return words.said(table, name, raw) if isinstance(raw, str) else str(raw)


def _commitments(codes: list[str]) -> str:
    known = {code: text for wording in WORDINGS.values() for code, text in wording.items()}
    return " ".join(str(known.get(code, code)) for code in codes)


def _article(code: str) -> str:
    known = ARTICLES.get(code)
    return known.citation() if known else code


def _problem(code: str) -> str:
    return _("Refused (%(code)s)") % {"code": code}


_EVIDENCE = ("evidence", "episode_evidence")
_SPECIAL: dict[str, Callable[[Any], str]] = {
    "commitments": _commitments,
    "article": _article,
    "basis": _article,
    "rule": lambda code: f"{code}: {title_of(code)}",
    "severity": words.severity,
    "photo_problem": _problem,
}


def _field(row: Model, name: str) -> Any:
    return row._meta.get_field(name)  # noqa: SLF001 - Django's documented name for it


def _target(row: Model, name: str) -> type[Model] | None:
    field = _field(row, name)
    return field.related_model if isinstance(field, ForeignKey) else None


def _attname(row: Model, name: str) -> str:
    return str(_field(row, name).attname)


def _plain(raw: Any) -> Plain:
    if isinstance(raw, datetime):
        return timezone.localtime(raw).isoformat()
    if isinstance(raw, (date, UUID)):
        return str(raw)
    return raw if isinstance(raw, (bool, int, str, list, dict)) else str(raw)

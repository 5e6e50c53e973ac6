"""What others may put on their own pages or take along: QR code, badge, open data, feed of changes."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.lookup.selectors import all_pages, changes, page_by_id
from registry.web.citizen.limited import asking

LICENCE: Final = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
# Every column of the open data, with what it is. Only agencies' pages; of people, the role alone.
COLUMNS: Final = {
    "page_id": gettext_lazy("permanent id of the page in this register"),
    "platform": gettext_lazy("code of the platform"),
    "platform_id": gettext_lazy("the platform's own permanent number for the page, where it is recorded"),
    "handle": gettext_lazy("by what the page is known on the platform"),
    "url": gettext_lazy("address of the page"),
    "name": gettext_lazy("name the page shows"),
    "agency_code": gettext_lazy("code of the agency in this register"),
    "agency": gettext_lazy("the agency whose page it is"),
    "registered_at": gettext_lazy("when the register first held it as the agency's (ISO 8601)"),
    "confirmed_at": gettext_lazy("when the agency last confirmed it (ISO 8601)"),
    "responsible_role": gettext_lazy("as what somebody answers for it: head or spokesperson"),
    "contact_phone": gettext_lazy("telephone number for citizens"),
    "contact_email": gettext_lazy("e-mail for citizens"),
    "decision_number": gettext_lazy("decision that permits the page"),
    "decision_on": gettext_lazy("day of that decision"),
    "badge": gettext_lazy("the platform's mark beside the name, as recorded"),
    "badge_seen_on": gettext_lazy("day that mark was seen"),
    "portal_url": gettext_lazy("where the agency says its portal lists the page"),
}
_CHUNK = 200


@login_not_required
@require_safe
@asking
def qr(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The address of a page's answer as a QR code."""
    page_by_id(public_id)
    drawn = io.BytesIO()
    address = request.build_absolute_uri(reverse("citizen:page", args=[public_id]))
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", scale=4, title=address, light="#fff", svgclass=None, lineclass=None)
    return _picture(drawn.getvalue())


@login_not_required
@require_safe
@asking
def badge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What an agency can show on its portal: says what the register says now, also when that changes."""
    del request
    standing, _former = page_by_id(public_id)
    words = _("Official page") if standing else _("No longer official")
    drawn = render_to_string("web/citizen/badge.svg", {"is_official": bool(standing), "words": words})
    return _picture(drawn.encode())


def _picture(svg: bytes) -> HttpResponse:
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=300"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # made to be shown elsewhere
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
@asking
def open_data(request: HttpRequest) -> HttpResponse:
    """What the open data holds, how to take it, under which licence."""
    return render(request, "web/citizen/open_data.html", {"columns": COLUMNS.items(), "licence": LICENCE})


@login_not_required
@require_safe
@asking
def pages_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every official page as CSV (UTF-8 with a mark, as spreadsheets want it)."""
    del request
    return _file(_csv_lines(), "text/csv; charset=utf-8", "csv")


@login_not_required
@require_safe
@asking
def pages_json(request: HttpRequest) -> StreamingHttpResponse:
    """Every official page as JSON, with dictionary and licence inside."""
    del request
    return _file(_json_parts(), "application/json", "json")


@login_not_required
@require_safe
@asking
def feed(request: HttpRequest) -> HttpResponse:
    """What changed last, as Atom."""
    here = request.build_absolute_uri(reverse("citizen:feed"))
    atom = Atom1Feed(
        title=_("Agencies' official pages: changes"),
        link=request.build_absolute_uri(reverse("citizen:lookup")),
        description="",
        feed_url=here,
        language=get_language(),
    )
    for at, what, row in changes():
        place = reverse("citizen:page", args=[row["public_id"]]) if what != "fake" else ""
        named = {"page": row["name_shown"] or row["platform"], "agency": row["agency_name"]}
        atom.add_item(
            title=_CHANGED[what] % named,
            link=request.build_absolute_uri(place or reverse("citizen:agency", args=[row["agency_code"]])),
            description="",
            unique_id=f"urn:uuid:{row['public_id']}:{what}:{at:%Y%m%dT%H%M%S}",
            updateddate=at,
            pubdate=at,
        )
    response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


_CHANGED = {
    "official": gettext_lazy("%(page)s is an official page of %(agency)s"),
    "former": gettext_lazy("%(page)s is no longer a page of %(agency)s"),
    "fake": gettext_lazy("%(page)s poses as %(agency)s, as the agency confirms"),
}


def facts_of(row: dict[str, Any]) -> dict[str, Any]:
    """A page as the open data has it."""
    return {
        **{name: row[name] for name in COLUMNS if name in row},
        "page_id": str(row["public_id"]),
        "platform_id": row["ids"].get("permanent_id", ""),
        "name": row["name_shown"],
        "agency": row["agency_name"],
        "registered_at": row["owned_since"].isoformat(),
        "confirmed_at": row["confirmed_at"].isoformat() if row["confirmed_at"] else "",
        "decision_on": str(row["decision_on"] or ""),
        "badge_seen_on": str(row["badge_seen_on"] or ""),
    }


def _csv_lines() -> Iterator[bytes]:
    buffer = io.StringIO()
    write = csv.writer(buffer)
    write.writerow(COLUMNS)
    yield b"\xef\xbb\xbf"
    for number, row in enumerate(all_pages(), 1):
        facts = facts_of(row)
        write.writerow(_for_a_cell(facts[name]) for name in COLUMNS)
        if number % _CHUNK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _for_a_cell(value: object) -> str:
    """A text no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    number = text[:1] in {"-", "+"} and text[1:].isdigit()
    return f"'{text}" if text.startswith(("=", "@", "-", "+", "\t", "\r")) and not number else text


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return text


def _json_parts() -> Iterator[bytes]:
    head = {
        "licence": {"name": LICENCE[0], "url": LICENCE[1]},
        "as_of": timezone.now().isoformat(),
        "columns": {name: str(words) for name, words in COLUMNS.items()},
    }
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "pages": [').encode()
    for number, row in enumerate(all_pages()):
        facts = facts_of(row)
        text = json.dumps({name: facts[name] for name in COLUMNS}, ensure_ascii=False)
        yield ((",\n" if number else "\n") + text).encode()
    yield b"\n]}\n"


def _file(parts: Iterator[bytes], kind: str, ending: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="official-pages-{timezone.localdate()}.{ending}"'
    response["Access-Control-Allow-Origin"] = "*"
    dictionary = reverse("citizen:open_data")  # a CSV can hold neither by itself
    response["Link"] = f'<{LICENCE[1]}>; rel="license", <{dictionary}>; rel="describedby"'
    return response

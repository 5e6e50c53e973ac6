"""How an answer of the look-up looks to machines: docs/api.md says it field by field."""

from typing import Any

from registry.api.v1.shapes import Facts, both
from registry.evidence.models import Direction
from registry.lookup.answers import Answer, LooksLike, Seen

Row = dict[str, Any]


def answer_facts(answer: Answer) -> Facts:
    """An answer: the verdict, what it rests on, and what the question looks like."""
    link = answer.question.link
    return {
        "asked": answer.question.text,
        "platform": link.platform if link else None,
        "verdict": answer.verdict.value,
        "verdict_words": both(answer.verdict.label),
        "by_name": answer.by_name,
        "as_of": answer.as_of,
        "answered_at": answer.answered_at,
        "pages": [page_facts(row) for row in answer.pages],
        "portals": [
            {"agency": {"code": row["agency_code"], "name": row["agency_name"]}, "url": row["portal_url"]}
            for row in answer.portals
        ],
        "former": [former_facts(row) for row in answer.former],
        "fakes": [fake_facts(row) for row in answer.fakes],
        "agencies": [
            {"code": row["code"], "name": row["name"], "above": row["above"]} for row in answer.agencies
        ],
        "more_called_so": answer.alike,
        "looks_like": [like_facts(each) for each in answer.looks_like],
    }


def page_facts(row: Row) -> Facts:
    """An official page."""
    return {
        "page_id": row["public_id"],
        "platform": row["platform"],
        "ids": row["ids"],
        "url": row["url"],
        "name": row["name_shown"],
        "agency": {"code": row["agency_code"], "name": row["agency_name"]},
        "since": row["owned_since"],
        "confirmed_at": row["confirmed_at"],
        "responsible": {
            "name": row["responsible_name"],
            "position": row["responsible_position"],
            "role": row["responsible_role"],
        }
        if row["responsible_name"]
        else None,
        "contact_phone": row["contact_phone"] or "",
        "contact_email": row["contact_email"] or "",
        "decision_number": row["decision_number"] or "",
        "decision_on": row["decision_on"],
        "badge": row["badge"] or None,
        "badge_from": row["badge_from"] or None,
        "badge_seen_on": row["badge_seen_on"],
        "portal_url": row["portal_url"] or "",
        "portal_links_to_page": _seen_facts(row["seen"].get(Direction.FROM_PORTAL)),
        "page_links_to_portal": _seen_facts(row["seen"].get(Direction.FROM_PAGE)),
    }


def _seen_facts(seen: Seen | None) -> Facts | None:
    """What was last seen one way; a result keeps standing while later looks could not check."""
    if seen is None or seen.last is None:
        return None
    stands = seen.known or seen.last
    return {
        "result": stands["result"],
        "seen_at": stands["seen_at"],
        "last_tried_at": seen.last["seen_at"],
    }


def former_facts(row: Row) -> Facts:
    """A page that was an agency's."""
    return {
        "page_id": row["public_id"],
        "platform": row["platform"],
        "name": row["name_shown"],
        "agency": {"code": row["agency_code"], "name": row["agency_name"]},
        "since": row["owned_since"],
        "until": row["until"],
        "moved_to": row["moved_to_name"],
        "agency_became": row["became_name"],
    }


def fake_facts(row: Row) -> Facts:
    """A page an agency confirmed as posing as it."""
    return {
        "platform": row["platform"],
        "name": row["name_shown"],
        "agency": {"code": row["agency_code"], "name": row["agency_name"]},
        "confirmed_on": row["confirmed_on"],
    }


def like_facts(like: LooksLike) -> Facts:
    """An agency with official pages that what was asked could be taken for."""
    return {
        "agency": {"code": like.agency_code, "name": like.agency_name},
        "text": like.text,
        "why": like.why,
        "why_words": both(like.why_words),
        "letters": [
            {"how": piece.how, "asked": piece.asked, "official": piece.known, "signs": list(piece.signs)}
            for piece in like.pieces
        ],
        "pages": [{"page_id": row["public_id"], "url": row["url"]} for row in like.pages],
        "portal": like.portal,
    }

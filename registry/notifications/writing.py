"""What other rooms have to tell, written down as letters: to whom, about how many things, where to look."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import GONE, Official, OfficialRecord
from common.bell import ring
from registry.declarations.services import News, PageNews, take_news, take_page_news, take_reported
from registry.declarations.states import Act, Kind
from registry.declarations.states import State as Declared
from registry.findings.services import Answered, take_answers
from registry.lookup.services import Reported, take_reports
from registry.notifications.letters import (
    AGENCY_FINDING,
    IMPOSTORS,
    OWN_FINDING,
    OWN_INCIDENT,
    PAGE,
    PAGE_DECLARATION,
    PAGES,
)
from registry.notifications.models import SEND, Message, Template
from registry.users.models import Invitation, Role, User
from registry.users.selectors import officers_over
from registry.users.services import is_address, take_letters

HR: Final = Role.HR_OFFICER
_OF_PAGES: Final = {
    Act.APPROVE: Template.PAGE_APPROVED,
    Act.RETURN: Template.PAGE_RETURNED,
    Act.CLAIM: Template.PAGE_DISPUTED,
    Act.CONTEST: Template.PAGE_DISPUTED,
    Act.GIVE: Template.PAGE_DISPUTE_DECIDED,
    Act.KEEP: Template.PAGE_DISPUTE_DECIDED,
}


@transaction.atomic
def write_letters(*, limit: int = 5000) -> int:
    """Take invitations and news over into the ledger; return how many letters that made.

    In one transaction with the taking: what is taken is written down, and once.
    """
    letters = [
        *_of_invitations([row for row, _token in take_letters(limit=limit)]),
        *_of_news(take_news(limit=limit)),
        *_of_answers(take_answers(limit=limit)),
        *_of_incidents(take_reported(limit=limit)),
        *_of_pages(take_page_news(limit=limit)),
        *_of_impostors(take_reports(limit=limit)),
    ]
    return len(Message.objects.bulk_create(letters, batch_size=1000))


def write_to(*, official: Official, key: str, template: Template, **context: Any) -> None:
    """Write a person a letter, in the transaction of what it tells of; a worker sends it.

    Who has left, has no login or no address gets none: there is nothing they could be called to.

    Args:
        official: to whom.
        key: what it is about, which no other letter has.
        template: what it says.
        context: what its text needs: `paths` of pages of the register, and counts and days.
    """
    person = _people({official.pk}).get(official.pk)
    login = User.objects.filter(official=official, is_active=True).first()
    if person is not None and login is not None:
        Message.objects.bulk_create(_to(login, person, key, template, **context))
        ring(SEND)


def _of_invitations(invitations: list[Invitation]) -> Iterator[Message]:
    people = _people({row.official_id for row in invitations})
    for row in invitations:
        if row.official_id in people:
            yield Message(
                key=f"invitation:{row.pk}",
                to=row.email,
                template=Template.INVITATION,
                language="vi",
                context={"name": people[row.official_id].full_name},
                invitation=row,
                next_at=timezone.now(),
            )


def _of_news(news: list[News]) -> Iterator[Message]:
    people = _people({item.official_id for item in news})
    logins = {login.official_id: login for login in User.objects.filter(official__in=people, is_active=True)}
    for item in news:
        person, login = people.get(item.official_id), logins.get(item.official_id)
        # Without a login there is nothing to be called to: the invitation is that person's letter.
        if person is not None and login is not None:
            yield from _to(login, person, f"step:{item.step_id}", _template(item), count=item.count)


def _of_answers(answers: list[Answered]) -> Iterator[Message]:
    readers = _readers({each.contested_by_id for each in answers})
    for each in answers:
        if each.contested_by_id in readers:
            paths = [OWN_FINDING.format(finding=finding) for finding in each.findings]
            paths += [AGENCY_FINDING.format(finding=finding) for finding in each.of_agency]
            who = readers[each.contested_by_id]
            yield from _to(*who, f"contest:{each.key}", Template.ANSWERED, count=len(paths), paths=paths)


def _of_incidents(reported: list[tuple[int, UUID]]) -> Iterator[Message]:
    people = _people({official for official, _incident in reported})
    logins = {login.official_id: login for login in User.objects.filter(official__in=people, is_active=True)}
    for official, incident in reported:
        person, login = people.get(official), logins.get(official)
        if person is not None and login is not None:
            paths = [OWN_INCIDENT.format(incident=incident)]
            yield from _to(login, person, f"incident:{incident}", Template.INCIDENT, count=1, paths=paths)


def _of_pages(news: list[PageNews]) -> Iterator[Message]:
    """To who declared a page and the agency's officers; of a dispute, to the other agency's officers too."""
    officers = officers_over(
        {each.agency_id for each in news} | {each.against_id for each in news if each.against_id}, HR
    )
    told: dict[tuple[int, Template], list[tuple[int, str]]] = {}
    for each in news:
        sides = []
        if each.act is not Act.CLAIM:  # that it was claimed is news to the other side alone
            own = PAGE_DECLARATION.format(declaration=each.declaration)
            sides.append((officers.get(each.agency_id, set()) | {each.author_id}, own))
        if each.against_id is not None:
            page = PAGES if each.act is Act.GIVE else PAGE.format(page=each.page)
            sides.append((officers.get(each.against_id, set()), page))
        heard = {each.by_id}  # nobody is written to about what they did themselves
        for whom, path in sides:
            for reader in sorted(whom - heard):
                told.setdefault((reader, _OF_PAGES[each.act]), []).append((each.step_id, path))
            heard |= whom
    readers = _readers({reader for reader, _template in told})
    for (reader, template), steps in told.items():
        if reader in readers:
            paths = list(dict.fromkeys(path for _step, path in steps))
            key = f"page:{max(step for step, _path in steps)}:{reader}"
            yield from _to(*readers[reader], key, template, count=len(steps), paths=paths)


def _of_impostors(reported: list[Reported]) -> Iterator[Message]:
    officers = officers_over({each.agency_id for each in reported}, HR)
    told: dict[int, list[Reported]] = {}
    for each in reported:
        for reader in officers.get(each.agency_id, set()):
            told.setdefault(reader, []).append(each)
    for reader, who in _readers(set(told)).items():
        key = f"impostor:{max(each.last for each in told[reader])}:{reader}"
        count = sum(each.count for each in told[reader])
        yield from _to(*who, key, Template.IMPOSTOR, count=count, paths=[IMPOSTORS])


def _readers(ids: set[int]) -> dict[int, tuple[User, OfficialRecord | None]]:
    """Logins that are written to, each with their staff record; an officer need not be on a staff list."""
    logins = User.objects.filter(is_active=True).in_bulk(sorted(ids))
    people = _people({login.official_id for login in logins.values() if login.official_id is not None})
    return {
        pk: (login, people.get(login.official_id or 0))
        for pk, login in logins.items()
        if login.official_id is None or login.official_id in people  # who left is not written to
    }


def _to(
    login: User, person: OfficialRecord | None, key: str, template: Template, **context: Any
) -> Iterator[Message]:
    """The letter to a person, where there is an address to send it to."""
    to = login.email or (person.work_email if person else "")
    if is_address(to):
        name = person.full_name if person else login.get_full_name()
        yield Message(
            key=key,
            to=to,
            template=template,
            language=login.language or "vi",
            context={"name": name, **context},
            next_at=timezone.now(),
        )


def _people(official_ids: set[int]) -> dict[int, OfficialRecord]:
    current = OfficialRecord.objects.current().filter(official__in=official_ids).exclude(status__in=GONE)
    return {record.official_id: record for record in current}


def _template(news: News) -> Template:
    if news.act is Act.REGISTER:
        if news.kind is Kind.IDENTIFY:
            return Template.IDENTIFIED
        if news.kind is Kind.CLOSE:
            return Template.CLOSED
        return Template.DISPUTED if news.state is Declared.DISPUTED else Template.REGISTERED
    return {
        Act.RETURN: Template.RETURNED,
        Act.APPROVE: Template.APPROVED,
        Act.CONTEST: Template.DISPUTED,
        Act.GIVE: Template.DISPUTE_DECIDED,
        Act.KEEP: Template.DISPUTE_DECIDED,
    }[news.act]

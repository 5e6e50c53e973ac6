"""The paper form of somebody of the branch."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from registry.privacy import services
from registry.privacy.paper import paper_form
from registry.users.models import Role
from registry.users.selectors import official_for
from registry.web.access import for_role, person
from registry.web.files import personal_file
from registry.web.reviewer.scope import HR


@for_role(Role.HR_OFFICER)
@require_safe
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A form to print, with what HR knows in it. That it was made is written down among the looks."""
    user = person(request)
    official = official_for(user, public_id, HR)
    services.note_look(official=official, page="paper_form", by=user)
    content = paper_form(official, at=timezone.now())
    return personal_file(content, f"form-{official.public_id}.pdf", "application/pdf")

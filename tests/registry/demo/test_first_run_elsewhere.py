import pytest

from accounts.models import Agency
from registry.demo.first_run import first_run
from registry.users.services import create_login


@pytest.mark.django_db
def test_first_run_with_anybody_in_the_register_does_nothing() -> None:
    create_login(username="somebody", password="a password of theirs 9", by=None)

    assert first_run() == []
    assert not Agency.objects.exists()

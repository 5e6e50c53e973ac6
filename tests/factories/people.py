from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from registry.users import services
from registry.users.models import Invitation, Role, RoleGrant, User
from tests.factories.agencies import AgencyFactory
from tests.factories.officials import OfficialFactory

PASSWORD = "bốn-con-ngựa-hay-79"


class UserFactory(DjangoModelFactory[User]):
    """A login; `official` makes it that person's. The password is PASSWORD."""

    class Meta:
        model = User

    username = Sequence(lambda n: f"login{n}")
    full_name = Sequence(lambda n: f"Trần Thị Lan {n}")
    password = PASSWORD
    official = None
    by = None

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        del model_class, args
        return services.create_login(**kwargs)


class RoleGrantFactory(DjangoModelFactory[RoleGrant]):
    """An HR officer's grant."""

    class Meta:
        model = RoleGrant

    user = SubFactory(UserFactory)
    role = Role.HR_OFFICER
    agency = SubFactory(AgencyFactory)
    by = None

    @classmethod
    def _create(cls, model_class: type[RoleGrant], *args: Any, **kwargs: Any) -> RoleGrant:
        del model_class, args
        return services.grant_role(**kwargs)


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An open invitation."""

    class Meta:
        model = Invitation

    official = SubFactory(OfficialFactory)
    by = None

    @classmethod
    def _create(cls, model_class: type[Invitation], *args: Any, **kwargs: Any) -> Invitation:
        del model_class, args
        return services.invite(**kwargs)

"""One factory a model. They go through the services, so what they make could have happened."""

from tests.factories.accounts import AccountFactory, DeclaredFactsFactory, EntryFactory, PhotoFactory
from tests.factories.agencies import AgencyFactory, RegulationFactory, SuccessionFactory
from tests.factories.declarations import DeclarationFactory
from tests.factories.officials import NilReturnFactory, OfficialFactory
from tests.factories.people import PASSWORD, InvitationFactory, RoleGrantFactory, UserFactory

__all__ = [
    "PASSWORD",
    "AccountFactory",
    "AgencyFactory",
    "DeclarationFactory",
    "DeclaredFactsFactory",
    "EntryFactory",
    "InvitationFactory",
    "NilReturnFactory",
    "OfficialFactory",
    "PhotoFactory",
    "RegulationFactory",
    "RoleGrantFactory",
    "SuccessionFactory",
    "UserFactory",
]

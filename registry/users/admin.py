"""The system administrator's pages: who may log in, and who may do what in which branch.

Writing goes through the room's services, so that every act is in the trail.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from registry.users import services
from registry.users.models import Role, RoleGrant, User

if TYPE_CHECKING:  # generic for the type checker only
    _UserForm = forms.ModelForm[User]
    _GrantForm = forms.ModelForm[RoleGrant]
    _UserAdmin = admin.ModelAdmin[User]
    _GrantAdmin = admin.ModelAdmin[RoleGrant]
    _AgencyAdmin = admin.ModelAdmin[Agency]
else:
    _UserForm = _GrantForm = forms.ModelForm
    _UserAdmin = _GrantAdmin = _AgencyAdmin = admin.ModelAdmin


class NewLoginForm(_UserForm):
    """A login made by the administrator; people in a staff list are invited instead."""

    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput)
    administrator = forms.BooleanField(label=_("System administrator"), required=False)

    class Meta:
        model = User
        fields = ("username", "full_name", "email")

    def clean_password(self) -> str:
        """Hold the password to the installation's validators."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class LoginForm(_UserForm):
    """What may be changed of a login: not its password, which only its owner sets."""

    password = ReadOnlyPasswordHashField(label=_("Password"))

    class Meta:
        model = User
        fields = ("full_name", "email", "is_active", "password")


@admin.register(User)
class UserAdmin(_UserAdmin):
    """Logins."""

    list_display = ("username", "full_name", "email", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("username", "full_name", "email")
    ordering = ("username",)

    def get_form(
        self,
        request: HttpRequest,
        obj: User | None = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **kwargs: Any,
    ) -> type[_UserForm]:
        """One form for a new login, another for a standing one."""
        kwargs["form"] = LoginForm if obj else NewLoginForm
        kwargs["fields"] = None
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: _UserForm, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Make a new login through the service; save the harmless fields of a standing one."""
        if change:
            super().save_model(request, obj, form, change)
            return
        made = services.create_login(
            username=obj.username,
            password=form.cleaned_data["password"],
            full_name=obj.full_name,
            email=obj.email,
            administrator=form.cleaned_data["administrator"],
            by=_administrator(request),
        )
        obj.pk = made.pk
        obj._state.adding = False  # noqa: SLF001 - the admin goes on with the row the service made

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """A login is switched off, never deleted: the trail names it."""
        return False


@admin.register(RoleGrant)
class RoleGrantAdmin(_GrantAdmin):
    """Who is HR officer or auditor of which branch."""

    list_display = ("user", "role", "agency_code", "granted_at", "ended_at")
    list_filter = ("role",)
    search_fields = ("user__username", "user__full_name", "agency__code")
    autocomplete_fields = ("user", "agency")
    fields = ("user", "role", "agency")
    actions = ("end_grants",)
    list_select_related = ("user", "agency")

    @admin.display(description=_("agency"))
    def agency_code(self, grant: RoleGrant) -> str:
        """The code of the branch."""
        return grant.agency.code

    def save_model(
        self,
        request: HttpRequest,
        obj: RoleGrant,
        form: _GrantForm,  # noqa: ARG002 - Django's signature
        change: bool,  # noqa: ARG002, FBT001 - Django's signature
    ) -> None:
        """Grant through the service."""
        grant = services.grant_role(
            user=obj.user, role=Role(obj.role), agency=obj.agency, by=_administrator(request)
        )
        obj.pk = grant.pk
        obj._state.adding = False  # noqa: SLF001 - the admin goes on with the row the service made

    @admin.action(description=_("End the chosen roles now"))
    def end_grants(self, request: HttpRequest, chosen: Any) -> None:
        """End each chosen grant that still stands."""
        for grant in chosen.filter(ended_at=None):
            services.end_grant(grant=grant, by=_administrator(request))

    def has_change_permission(self, request: HttpRequest, obj: RoleGrant | None = None) -> bool:
        """A grant is ended and given anew, never changed."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: RoleGrant | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """A grant is ended, never deleted."""
        return False


@admin.register(Agency)
class AgencyAdmin(_AgencyAdmin):
    """Agencies, to look up and to choose from; they change through acts of the book."""

    list_display = ("code", "name", "public_id")
    search_fields = ("code", "records__name", "records__short_name")
    ordering = ("code",)

    @admin.display(description=_("agency"))
    def name(self, agency: Agency) -> str:
        """What the agency is called now."""
        record = agency.records.filter(recorded_until=None).first()
        return record.name if record else ""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        """Not here: `manage.py load_agencies` and the reorganisation pages write agencies."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Likewise."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """An agency is never deleted."""
        return False


def _administrator(request: HttpRequest) -> User:
    if not isinstance(request.user, User):  # the admin lets nobody else this far
        raise TypeError("no user")
    return request.user

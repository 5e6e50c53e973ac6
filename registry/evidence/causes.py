"""Why something could not be looked at: a closed list. None of these says that a page is not the agency's."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cause(models.TextChoices):
    """The reasons, as codes that are stored and words for an officer."""

    NO_PORTAL = "no_portal", _("The register holds no portal address of the agency")
    FOREIGN_PORTAL = (
        "foreign_portal",
        _("The address is on no portal the register holds of the agency or of one above it"),
    )
    SAME_SITE = "same_site", _("The page and the portal are one site")
    NO_ADDRESS = "no_address", _("The register holds no web address of the page")
    BAD_ADDRESS = "bad_address", _("The address is not one the register opens: only http and https by name")
    NAME_NOT_FOUND = "name_not_found", _("The site's name leads nowhere")
    ADDRESS_REFUSED = (
        "address_refused",
        _("The address leads into a private or special network; the register does not go there"),
    )
    UNREACHABLE = "unreachable", _("The site did not accept the connection, or broke it off")
    TIMEOUT = "timeout", _("The site did not answer in time")
    TLS = "tls", _("The site's certificate could not be verified")
    ROBOTS = "robots", _("The site asks programs not to open this page")
    ROBOTS_UNKNOWN = "robots_unknown", _("The site did not say whether programs may open this page")
    BLOCKED = "blocked", _("The site turned the register's program away")
    LOGIN_WALL = "login_wall", _("The page is shown only to people who sign in")
    NOT_FOUND = "not_found", _("There is no page at this address")
    SITE_FAULT = "site_fault", _("The site reported a fault of its own")
    REDIRECTS = "redirects", _("The address was passed on too often, or in a circle")
    ELSEWHERE = "elsewhere", _("The address was passed on to another site, which says nothing of this one")
    TOO_BIG = "too_big", _("The answer was larger than the register reads")
    NOT_A_PAGE = "not_a_page", _("The answer was not a web page")
    UNREADABLE = "unreadable", _("The answer could not be read")
    NEEDS_SCRIPT = "needs_script", _("The page holds nothing until a browser runs its program")
    BROKE_OFF = "broke_off", _("Looking at it broke off on the register's side")

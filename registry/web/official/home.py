"""What is registered for me, what waits, what is to be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from registry.web.access import for_officials


@for_officials
def home(request: HttpRequest) -> HttpResponse:
    """The employee's start page."""
    return render(request, "web/official/home.html")

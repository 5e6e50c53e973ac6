from django.urls import path

from registry.web.official import (
    accounts,
    conduct,
    data,
    declarations,
    declaring,
    findings,
    home,
    identifiers,
    incidents,
)

app_name = "official"
urlpatterns = [
    path("", home.home, name="home"),
    path("declare/", declaring.begin, name="declare"),
    path("declare/recognise/", declaring.recognised, name="recognise"),
    path("none/", accounts.nothing, name="none"),
    path("code/", conduct.code, name="code"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/report/", incidents.report, name="report_incident"),
    path("incidents/<uuid:public_id>/", incidents.incident, name="incident"),
    path("data/", data.data, name="data"),
    path("data/looks/", data.looks, name="looks"),
    path("data/requests/", data.requests, name="data_requests"),
    path("data/requests/new/", data.ask, name="data_ask"),
    path("data/requests/<uuid:public_id>/", data.one, name="data_request"),
    path("data/file.<str:form>", data.download, name="data_file"),
    path("declarations/", declarations.history, name="declarations"),
    path("declarations/<uuid:public_id>/", declarations.show, name="declaration"),
    path("declarations/<uuid:public_id>/link/", declaring.change_link, name="link"),
    path("declarations/<uuid:public_id>/details/", declaring.details, name="details"),
    path("declarations/<uuid:public_id>/check/", declaring.check, name="check"),
    path("declarations/<uuid:public_id>/withdraw/", declarations.withdraw, name="withdraw"),
    path("findings/<uuid:public_id>/", findings.finding, name="finding"),
    path("accounts/<uuid:public_id>/", accounts.show, name="account"),
    path("accounts/<uuid:public_id>/confirm/", accounts.confirm, name="confirm"),
    path("accounts/<uuid:public_id>/change/", accounts.change, name="change"),
    path("accounts/<uuid:public_id>/permanent-id/", identifiers.permanent_id, name="permanent_id"),
    path("accounts/<uuid:public_id>/close/", accounts.close, name="close"),
]

from django.urls import path

from registry.web.auditor import exporting, findings, home, listing, officials, runs, then

app_name = "auditor"
urlpatterns = [
    path("", home.home, name="home"),
    path("list/", listing.compliance, name="list"),
    path("findings/<uuid:public_id>/", findings.finding, name="finding"),
    path("waivers/<uuid:public_id>/proof", findings.proof, name="proof"),
    path("officials/<uuid:public_id>/", officials.official, name="official"),
    path("officials/<uuid:public_id>/verdicts/", then.then, name="then"),
    path("exports/", exporting.ledger, name="exports"),
    path("exports/new/", exporting.new, name="export"),
    path("exports/key.pem", exporting.key, name="key"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:pk>/", runs.run, name="run"),
]

from django.urls import path

from registry.web.auditor import (
    between,
    exporting,
    findings,
    home,
    judging,
    listing,
    officials,
    runs,
    samples,
    then,
)

app_name = "auditor"
urlpatterns = [
    path("", home.home, name="home"),
    path("between/", between.compare, name="between"),
    path("between/count/", between.count, name="between_count"),
    path("list/", listing.compliance, name="list"),
    path("findings/<uuid:public_id>/", findings.finding, name="finding"),
    path("waivers/<uuid:public_id>/proof", findings.proof, name="proof"),
    path("officials/<uuid:public_id>/", officials.official, name="official"),
    path("officials/<uuid:public_id>/verdicts/", then.then, name="then"),
    path("exports/", exporting.ledger, name="exports"),
    path("exports/new/", exporting.new, name="export"),
    path("exports/<uuid:public_id>/", exporting.one, name="order"),
    path("exports/<uuid:public_id>/progress/", exporting.progress, name="order_progress"),
    path("exports/<uuid:public_id>/file.zip", exporting.take, name="order_file"),
    path("exports/key.pem", exporting.key, name="key"),
    path("samples/", samples.samples, name="samples"),
    path("samples/new/", samples.new, name="sample_new"),
    path("samples/<uuid:public_id>/", samples.sample, name="sample"),
    path("samples/<uuid:public_id>/again/", samples.again, name="sample_again"),
    path("samples/<uuid:public_id>/report", samples.report, name="sample_report"),
    path("samples/<uuid:public_id>/items/<int:place>/", judging.item, name="sample_item"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:pk>/", runs.run, name="run"),
]

from django.urls import path

from registry.web.citizen import asking, directories, publishing, reporting

app_name = "citizen"
urlpatterns = [
    path("lookup/", asking.lookup, name="lookup"),
    path("pages/<uuid:public_id>/", asking.page, name="page"),
    path("pages/<uuid:public_id>/qr.svg", publishing.qr, name="qr"),
    path("pages/<uuid:public_id>/badge.svg", publishing.badge, name="badge"),
    path("agencies/", directories.agencies, name="agencies"),
    path("agencies/<str:code>/", directories.agency, name="agency"),
    path("platforms/", directories.platforms, name="platforms"),
    path("platforms/<str:code>/", directories.platform, name="platform"),
    path("open-data/", publishing.open_data, name="open_data"),
    path("open-data/pages.csv", publishing.pages_csv, name="pages_csv"),
    path("open-data/pages.json", publishing.pages_json, name="pages_json"),
    path("changes.atom", publishing.feed, name="feed"),
    path("report/", reporting.report, name="report"),
    path("tickets/", reporting.tickets, name="tickets"),
    path("tickets/<str:ticket>/", reporting.ticket, name="ticket"),
]

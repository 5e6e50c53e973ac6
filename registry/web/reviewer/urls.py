"""The addresses of the HR officer's pages."""

from django.urls import path

from registry.web.reviewer import (
    agency,
    disputes,
    findings,
    home,
    imports,
    invitations,
    official,
    queue,
    registering,
    staff,
    uploading,
)

app_name = "reviewer"
urlpatterns = [
    path("", home.home, name="home"),
    path("staff/", staff.staff, name="staff"),
    path("staff/invitations/", invitations.invite_many, name="invitations"),
    path("staff/<uuid:public_id>/", official.official, name="official"),
    path("staff/<uuid:public_id>/edit/", official.edit, name="edit"),
    path("staff/<uuid:public_id>/invite/", invitations.invite_one, name="invite"),
    path("staff/<uuid:public_id>/withdraw-invitation/", invitations.withdraw, name="withdraw_invitation"),
    path("staff/<uuid:public_id>/register/", registering.register, name="register"),
    path("accounts/<uuid:account_id>/close/", registering.close, name="close"),
    path("review/", queue.queue, name="queue"),
    path("review/<uuid:public_id>/", queue.case, name="case"),
    path("review/<uuid:public_id>/approve/", queue.approve, name="approve"),
    path("review/<uuid:public_id>/return/", queue.send_back, name="return"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/<uuid:public_id>/", disputes.dispute, name="dispute"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/<str:kind>/", uploading.upload, name="upload"),
    path("imports/<uuid:public_id>/", imports.one, name="import"),
    path("imports/<uuid:public_id>/progress/", imports.progress, name="import_progress"),
    path("imports/<uuid:public_id>/apply/", imports.apply, name="import_apply"),
    path("imports/<uuid:public_id>/discard/", imports.discard, name="import_discard"),
    path("imports/<uuid:public_id>/undo/", imports.undo, name="import_undo"),
    path("imports/<uuid:public_id>/refused.xlsx", imports.refused, name="import_refused"),
    path("agency/", agency.agencies, name="agencies"),
    path("agency/<str:code>/", agency.agency, name="agency"),
    path("agency/<str:code>/contact/", agency.contact, name="contact"),
    path("agency/<str:code>/regulation/", agency.regulation, name="regulation"),
    path("agency/<str:code>/profile/", agency.profile, name="profile"),
    path("findings/", findings.findings, name="findings"),
]

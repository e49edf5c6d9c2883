"""Routes of accounts: the entrance, the person, the settings of a cluster.

They stand before the clusters' own routes: each first part without a slug belongs to RESERVED_SLUGS.
"""

from django.urls import path

from kontor.accounts.views import audit, entrance, invitation, people, person, settings

app_name = "accounts"

urlpatterns = [
    path("", entrance.entrance, name="entrance"),
    path("start/", entrance.first_run, name="first-run"),
    path("clusters/", entrance.clusters, name="clusters"),
    path("clusters/new/", entrance.cluster_new, name="cluster-new"),
    path("clusters/<int:cluster_id>/delete/", entrance.cluster_remove, name="cluster-remove"),
    path("clusters/<int:cluster_id>/first-steps/", entrance.first_steps, name="first-steps"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("me/", person.profile, name="profile"),
    path("me/theme/", person.theme, name="theme"),
    path("me/data/", person.own_data, name="own-data"),
    path("me/erase/", person.erase, name="erase"),
    path("<slug:cluster>/settings/", settings.settings, name="settings"),
    path("<slug:cluster>/settings/cluster/", settings.cluster_data, name="settings-cluster"),
    path("<slug:cluster>/settings/delete/", settings.cluster_delete, name="settings-delete"),
    path("<slug:cluster>/settings/people/", people.people, name="people"),
    path("<slug:cluster>/settings/people/invite/", people.people_invite, name="people-invite"),
    path("<slug:cluster>/settings/people/<int:role_id>/", people.role_change, name="people-change"),
    path(
        "<slug:cluster>/settings/people/<int:role_id>/withdraw/", people.role_withdraw, name="people-withdraw"
    ),
    path(
        "<slug:cluster>/settings/invitations/<int:invitation_id>/resend/",
        people.invitation_resend,
        name="invitations-resend",
    ),
    path(
        "<slug:cluster>/settings/invitations/<int:invitation_id>/withdraw/",
        people.invitation_withdraw,
        name="invitations-withdraw",
    ),
    path("<slug:cluster>/settings/audit/", audit.audit, name="audit"),
    path("<slug:cluster>/settings/audit/export.<str:kind>", audit.audit_export, name="audit-export"),
]

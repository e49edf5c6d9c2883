"""Root URLs: accounts and the entrance first, then every cluster under its own slug."""

from django.urls import include, path

from kontor.accounts.views.person import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("ui/", include("kontor.ui.urls")),
    path("account/", include("allauth.urls")),
    path("demo/", include("kontor.demo.urls")),
    path("b/", include("kontor.listening.urls.phones")),
    path("", include("kontor.accounts.urls")),
    path("<slug:cluster>/members/", include("kontor.actors.urls")),
    path("<slug:cluster>/needs/", include("kontor.needs.urls")),
    path("<slug:cluster>/questionnaires/", include("kontor.questionnaires.urls")),
    path("<slug:cluster>/listening/", include("kontor.listening.urls")),
    path("<slug:cluster>/answer/", include("kontor.listening.urls.answering")),
    path("<slug:cluster>/goals/", include("kontor.goals.urls")),
    path("<slug:cluster>/countries/", include("kontor.countries.urls")),
    path("<slug:cluster>/criteria/", include("kontor.criteria.urls")),
    path("<slug:cluster>/agreements/", include("kontor.agreements.urls")),
    path("<slug:cluster>/votes/", include("kontor.votes.urls")),
    path("<slug:cluster>/partners/", include("kontor.partners.urls")),
    path("<slug:cluster>/studies/", include("kontor.studies.urls")),
    path("<slug:cluster>/cooperation/", include("kontor.cooperation.urls")),
    path("<slug:cluster>/strategy/", include("kontor.strategy.urls")),
    path("<slug:cluster>/", include("kontor.journey.urls")),
]

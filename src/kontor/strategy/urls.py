"""Routes of the concept."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from kontor.strategy.papers import WRITERS
from kontor.strategy.views import overview, versions, writing


class LanguageConverter(StringConverter):
    """A language that a concept can be written in."""

    regex = "de|en"


class KindConverter(StringConverter):
    """A kind of file that a concept can be printed to."""

    regex = "|".join(WRITERS)


register_converter(LanguageConverter, "language")
register_converter(KindConverter, "paper")

app_name = "strategy"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("preview/", writing.preview, name="preview"),
    path("sections/<slug:code>/<language:language>/", writing.section, name="section"),
    path("document/<language:language>/", overview.document, name="document"),
    path("document/<language:language>/<paper:kind>/", overview.download, name="download"),
    path("freeze/", versions.freeze, name="freeze"),
    path("compare/<language:language>/", versions.comparison, name="compare"),
    path("versions/<int:number>/publish/", versions.publish, name="publish"),
    path("versions/<int:number>/<language:language>/", versions.version, name="version"),
    path(
        "versions/<int:number>/<language:language>/<paper:kind>/",
        versions.version_download,
        name="version-download",
    ),
]

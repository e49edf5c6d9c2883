"""Routes of the imports, below <cluster>/members/import/."""

from django.urls import path

from kontor.actors.views import imports, imports_cordis, imports_list

urlpatterns = [
    path("", imports_list.listing, name="import-list"),
    path("export/<str:file_format>/", imports_list.export, name="import-list-export"),
    path("members/", imports.upload, name="import-members"),
    path("members/template.<str:file_format>", imports.template, name="import-template"),
    path("<int:pk>/", imports_list.show, name="import-result"),
    path("<int:pk>/columns/", imports.columns, name="import-columns"),
    path("<int:pk>/preview/", imports.preview, name="import-preview"),
    path("<int:pk>/discard/", imports_list.discard, name="import-discard"),
    path("<int:pk>/undo/", imports_list.undo, name="import-undo"),
    path("<int:pk>/left-out.xlsx", imports_list.left_out, name="import-left-out"),
    path("<int:pk>/faults.<str:file_format>", imports_list.faults, name="import-faults"),
    path("cordis/", imports_cordis.upload, name="import-cordis"),
    path("<int:pk>/cordis/", imports_cordis.members, name="import-cordis-members"),
    path("<int:pk>/progress/", imports_cordis.progress, name="import-progress"),
]

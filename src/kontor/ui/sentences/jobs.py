"""Why long work did not come to its end."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "job.failed": _(
        "This did not work after %(tries)s tries. Nothing has been changed. Please try again later; if it "
        "happens again, show the log of the server to whoever runs it."
    ),
    "job.interrupted": _(
        "The server was stopped %(tries)s times while this was running. Nothing has been changed. Please "
        "start again."
    ),
}

"""Turn an error code into a sentence of the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from kontor.ui.components import Text
from kontor.ui.sentences import SENTENCES


class _Gaps(dict[str, object]):
    """Parameters of a sentence; one that is missing reads as an ellipsis, never as a traceback."""

    def __missing__(self, key: str) -> str:
        return "…"


def explain(error: BaseException) -> str:
    """Return the sentence for an exception's `code` and `params`; a calm default for unknown codes."""
    return explain_code(str(getattr(error, "code", "") or ""), getattr(error, "params", None) or {})


def explain_code(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence for a code and its parameters; a calm default for unknown codes."""
    sentence: Text | None = SENTENCES.get(code)
    if sentence is None:
        return _("That did not work. Nothing has been changed. Please try again.")
    return str(sentence) % _Gaps(params)

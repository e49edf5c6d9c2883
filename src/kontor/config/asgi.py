"""ASGI entry point."""

import os
import warnings

from django.core.asgi import get_asgi_application

from kontor.config.guards import LimitedBody
from kontor.config.shortcut import Shortcut
from kontor.config.threads import KeptThreads

# WhiteNoise hands out files piece by piece; Django reads the small ones whole and need not say so each time.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.config.settings")
application = Shortcut(LimitedBody(KeptThreads(get_asgi_application())))

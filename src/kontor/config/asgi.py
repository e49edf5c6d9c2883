"""ASGI entry point."""

import os
import warnings

from django.core.asgi import get_asgi_application

from kontor.config.guards import LimitedBody

# WhiteNoise hands out files piece by piece; Django reads the small ones whole and need not say so each time.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontor.config.settings")
application = LimitedBody(get_asgi_application())

"""The tested side: a server behind a URL, or an application in this process."""

from .address import without_base
from .app import is_made_anew, load, target_of
from .asgi import AsgiTarget
from .base import Limits, Target, TargetError
from .live import LiveTarget
from .wsgi import WsgiTarget

__all__ = [
    "AsgiTarget",
    "Limits",
    "LiveTarget",
    "Target",
    "TargetError",
    "WsgiTarget",
    "is_made_anew",
    "load",
    "target_of",
    "without_base",
]

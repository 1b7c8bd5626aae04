"""A stateful mock of any document: what is created is fetched, listed, changed and gone again."""

from .app import Application, create_app
from .explain import explain
from .serve import Options, mock
from .settings import Settings, Unusable

__all__ = ["Application", "Options", "Settings", "Unusable", "create_app", "explain", "mock"]

"""MODULE:ATTR to something that can be asked: an ASGI or WSGI application, or a function that makes one."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import os
import sys
from typing import Any, Final

from ringback.contract.targets.asgi import AsgiTarget, said
from ringback.contract.targets.base import Limits, Target, TargetError
from ringback.contract.targets.wsgi import WsgiTarget

_ASGI: Final = 3  # (scope, receive, send)
_WSGI: Final = 2  # (environ, start_response)


def load(name: str, *, limits: Limits | None = None) -> Target:
    """The application of a name such as "shop.main:app" or "shop.main:make()". Raises TargetError.

    What can be called without arguments, and marked so or not, is called to make the application.
    """
    module, _, attribute = name.partition(":")
    marked = attribute.endswith("()")
    path = attribute.removesuffix("()")
    if not module or not all(part.isidentifier() for part in path.split(".")):
        raise TargetError(f"an application is named MODULE:ATTR, not {name!r}")
    found: Any = _imported(module)
    for part in path.split("."):
        try:
            found = getattr(found, part)
        except AttributeError:
            raise TargetError(f"{module} has no {path}") from None
    if marked or _makes(found):
        found = _made(found, name)
    return target_of(found, name, limits=limits)


def is_made_anew(name: str) -> bool:
    """Whether each `load` of a name gives another application; a module's own application is always the same. Raises TargetError."""
    module, _, attribute = name.partition(":")
    if attribute.endswith("()"):
        return True
    found: Any = _imported(module)
    for part in attribute.split("."):
        found = getattr(found, part, None)
    return _makes(found)


def target_of(app: Any, name: str, *, limits: Limits | None = None) -> Target:
    """An application in this process as a target. Raises TargetError where it looks like neither kind."""
    if not callable(app):
        raise TargetError(f"{name} is no application but {type(app).__name__}")
    wanted = _required(app)
    made: Any = app  # of which kind it is, its signature says and no type
    if _is_coroutine(app) or wanted == _ASGI:
        return AsgiTarget(made, name, limits=limits)
    if wanted == _WSGI:
        return WsgiTarget(made, name, limits=limits)
    raise TargetError(
        f"{name} takes neither scope, receive, send (ASGI) nor environ, start_response (WSGI)"
    )


def _imported(module: str) -> Any:
    folder = os.getcwd()
    if folder not in sys.path:  # as servers do, whose command line looks the same
        sys.path.insert(0, folder)
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name and (module == error.name or module.startswith(error.name + ".")):
            raise TargetError(f"there is no module {error.name}") from None
        raise TargetError(f"{module} cannot be imported: {said(error)}") from None
    except (Exception, SystemExit) as error:
        raise TargetError(f"{module} cannot be imported: {said(error)}") from None


def _made(factory: Any, name: str) -> Any:
    if not callable(factory):
        raise TargetError(f"{name} cannot be called")
    try:
        app = factory()
    except (Exception, SystemExit) as error:
        raise TargetError(f"{name} makes no application: {said(error)}") from None
    if inspect.iscoroutine(app):
        app.close()
        raise TargetError(f"{name} is a coroutine: a function that makes an application is not")
    return app


def _makes(found: Any) -> bool:
    """Whether something is a factory: it wants no arguments, and is not an application already."""
    if inspect.isclass(found):
        return True
    return callable(found) and not _is_coroutine(found) and _required(found) == 0


def _is_coroutine(app: Any) -> bool:
    return inspect.iscoroutinefunction(app) or inspect.iscoroutinefunction(
        getattr(app, "__call__", None)  # noqa: B004 -- what is asked for is the kind of its method
    )


def _required(app: Any) -> int | None:
    """How many positional arguments it cannot do without; None where nobody can say."""
    with contextlib.suppress(TypeError, ValueError):
        given = inspect.signature(app).parameters.values()
        needed = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        if any(one.kind is inspect.Parameter.VAR_POSITIONAL for one in given):
            return None
        return sum(one.kind in needed and one.default is one.empty for one in given)
    return None

"""Contract tests in a user's own suite: one test for each operation of a document.

    from ringback.contract import contract_test

    test_shop = contract_test("api.yaml", app="shop.main:app")

Each test is a small campaign about its operation: it makes what the operation needs, and has a gateway, a receiver and an application
of its own. So tests can run in any order, alone, and in several processes (pytest-xdist) at once.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from ringback.contract.campaign import Subject, run
from ringback.contract.curl import curl
from ringback.contract.options import Options
from ringback.contract.outcome import Finding, Run
from ringback.contract.report.as_json import from_plain, plain
from ringback.contract.report.proof import base_of
from ringback.contract.shards import labels, needs
from ringback.contract.targets import LiveTarget, Target, TargetError, load, target_of, without_base
from ringback.openapi import parse
from ringback.source import DocumentError, Severity
from ringback.source import load as load_document
from ringback.wire import Contract

SECONDS: Final = 4.0
"""How long an operation is tested where nobody says otherwise."""
ARGUMENT: Final = "contract_operation"
RUNS: list[Run] = []
"""What the tests of this process did, for the reports of the plugin."""

Test = Callable[..., None]


@dataclass(slots=True)
class Said:
    """What the command line of pytest says instead of the suite."""

    seeds: tuple[int, ...] | None = None
    seconds: float | None = None


SAID: Final = Said()


def handed_over() -> list[dict[str, Any]]:
    """What the tests of this process did, as plain values for another process; here it is forgotten."""
    done, RUNS[:] = [plain(one) for one in RUNS], []
    return done


def taken(done: Iterable[dict[str, Any]]) -> None:
    """Take what another process has handed over."""
    RUNS.extend(from_plain(one, "what a worker did") for one in done)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the tests of one document have in common."""

    document: str
    overlays: tuple[str, ...]
    allowed: tuple[str, ...]
    options: Options
    skip: Mapping[str, str]


def contract_test(
    document: str | os.PathLike[str],
    *,
    app: Any = None,
    url: str | None = None,
    overlays: Sequence[str | os.PathLike[str]] = (),
    allow_refs: Sequence[str | os.PathLike[str]] = (),
    auth: str | Mapping[str, str] | None = None,
    seeds: Sequence[int] = (1,),
    seconds: float = SECONDS,
    only: Iterable[str] = (),
    skip: Mapping[str, str] | None = None,
    options: Options | None = None,
) -> Any:
    """A test for pytest, parametrised by the operations of a document.

    `app` is an application, a function that makes one, or the name of either ("shop.main:app"); `url` is a server that runs.
    Without both, what comes back decorates a function that gives one of them and may ask for fixtures:

        @contract_test("api.yaml")
        def test_shop(database):
            return make_app(database)

    `auth` is USER:PASSWORD, a token or a key, or several of these by the names of the document's security schemes. `only` and the
    keys of `skip` name operations by operationId or label ("GET /pets/{petId}"); the values of `skip` say why. Paths are relative
    to the file that calls this. `seconds` is for each operation and all `seeds` together. `options` are those of a campaign, for
    what else has to be said. `allow_refs` are folders, files and beginnings of URLs that `$ref` may lead to besides the document's folder.
    """
    folder = _calling_folder()
    chosen = replace(options or Options(patience=1.0), seeds=tuple(seeds), max_time=seconds)
    if isinstance(auth, str):
        chosen = replace(chosen, auth=auth)
    elif auth is not None:
        chosen = replace(chosen, schemes=dict(auth))
    plan = Plan(
        _beside(folder, document),
        tuple(_beside(folder, one) for one in overlays),
        tuple(_allowed(folder, one) for one in allow_refs),
        chosen,
        dict(skip or {}),
    )
    wanted = tuple(only)
    if app is None and url is None:
        return lambda function: _test(plan, wanted, function)
    given = url if app is None else app

    def test() -> Any:
        return given

    return _test(plan, wanted, test)


def _calling_folder() -> Path:
    """The folder of the file that called `contract_test`."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_globals.get("__name__") == __name__:
        frame = frame.f_back
    file = frame.f_globals.get("__file__") if frame is not None else None
    return Path(file).parent if file else Path.cwd()


def _beside(folder: Path, name: str | os.PathLike[str]) -> str:
    """A path as reports shall name it: from the current folder where it is below that."""
    return os.path.relpath(folder / name)


def _allowed(folder: Path, name: str | os.PathLike[str]) -> str:
    """Where a reference may lead: a URL as it is, else a path."""
    text = os.fspath(name)
    return text if "://" in text else _beside(folder, text)


def _test(plan: Plan, only: Sequence[str], function: Callable[..., Any]) -> Test:
    """The test function: the fixtures of `function`, and an operation."""
    import pytest

    contract = _contract(plan.document, plan.overlays, plan.allowed)
    operations = _chosen(contract, only)
    unknown = [name for name in plan.skip if not _chosen(contract, (name,))]
    if unknown:
        raise ValueError(f"there is no operation {unknown[0]}")

    def test(**given: Any) -> None:
        label: str = given.pop(ARGUMENT)
        for name, why in plan.skip.items():
            if label in _chosen(contract, (name,)):
                pytest.skip(why)
        try:
            target = _target(function(**given), contract)
            found = campaign(contract, target, plan, label)
        except TargetError as error:
            pytest.fail(error.sentence, pytrace=False)
        RUNS.append(found)
        told = verdict(found, label)
        if told:
            pytest.fail(told, pytrace=False)

    fixtures = list(inspect.signature(function).parameters.values())
    operation = inspect.Parameter(ARGUMENT, inspect.Parameter.KEYWORD_ONLY)
    signature = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in fixtures]
    test.__signature__ = inspect.Signature([*signature, operation])  # type: ignore[attr-defined]
    test.__name__ = function.__name__
    test.__doc__ = function.__doc__
    test.__module__ = function.__module__
    marks = getattr(function, "pytestmark", [])
    marked: Test = pytest.mark.parametrize(ARGUMENT, operations)(test)
    marked.pytestmark = [*marks, *marked.pytestmark]  # type: ignore[attr-defined]
    return marked


@cache
def _contract(document: str, overlays: tuple[str, ...], allowed: tuple[str, ...] = ()) -> Contract:
    """The contract of a document. Raises ValueError with everything that is wrong with it."""
    try:
        parsed, _ = parse(load_document(document, overlays, allowed=allowed), second=False)
    except DocumentError as error:
        found = "\n".join(f"{one.location}: {one.message}" for one in error.diagnostics)
        raise ValueError(f"{document} cannot be a contract:\n{found}") from None
    except OSError as error:
        raise ValueError(f"cannot read {error.filename}: {error.strerror}") from None
    return Contract.of(parsed)


def _chosen(contract: Contract, names: Sequence[str]) -> list[str]:
    """The labels of the operations that are named; of all where none is. Raises ValueError where one does not exist."""
    known = labels(contract)
    if not names:
        return known
    by_name = {label: label for label in known}
    for label in known:
        identifier = contract.operation(label).operation_id
        if identifier is not None:
            by_name.setdefault(identifier, label)
    missing = next((name for name in names if name not in by_name), None)
    if missing is not None:
        raise ValueError(f"there is no operation {missing}")
    chosen = {by_name[name] for name in names}
    return [label for label in known if label in chosen]


def _target(given: Any, contract: Contract) -> Target:
    """What a test's function gave, as something to be asked. Raises TargetError."""
    if isinstance(given, str):
        here = "://" not in given
        return load(given) if here else LiveTarget(without_base(given, contract.base))
    if given is None:
        raise TargetError("the function gives no application and no URL")
    name = getattr(given, "__name__", type(given).__name__)
    if callable(given) and _wants_nothing(given):
        return target_of(given(), name)
    return target_of(given, name)


def _wants_nothing(given: Any) -> bool:
    """Whether it is a function that makes an application."""
    try:
        parameters = inspect.signature(given).parameters.values()
    except (TypeError, ValueError):
        return False
    variable = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    needed = [one for one in parameters if one.default is one.empty and one.kind not in variable]
    return not needed and not any(one.kind in variable for one in parameters)


def campaign(contract: Contract, target: Target, plan: Plan, label: str) -> Run:
    """Test one operation, with the others that it needs."""
    only = {label} | needs(contract, {label}) | _siblings(contract, label)
    known = set(labels(contract))
    options = replace(
        plan.options,
        only=frozenset(only & known),
        seeds=SAID.seeds or plan.options.seeds,
        max_time=SAID.seconds or plan.options.max_time,
    )
    return run(contract, target, options, subject=Subject(plan.document, plan.overlays))


def _siblings(contract: Contract, label: str) -> set[str]:
    """What creates and shows the things that an operation is about: what it did is seen there."""
    found: set[str] = set()
    for resource in contract.kinds.resources:
        roles = (resource.create, resource.list, resource.fetch)
        others = (other for _, other in resource.others)
        if label in (*roles, resource.update, resource.delete, *others):
            found.update(one for one in roles if one is not None)
    return found


def verdict(found: Run, label: str) -> str:
    """What is wrong with one operation, in the words of a failed test; "" for nothing.

    Findings about other operations are for their own tests.
    """
    known = {one.label for one in found.coverage.operations}
    own = [
        one
        for one in found.findings
        if one.severity is Severity.ERROR and (one.operation == label or one.operation not in known)
    ]
    if own:
        return "\n\n".join(_told(found, one) for one in own)
    tested = any(one.operation == label and one.reply is not None for one in found.exchanges)
    if tested:
        return ""
    why = found.stopped or "nothing is known that it could be asked about"
    return f"{label} was not tested: {why}"


def _told(found: Run, finding: Finding) -> str:
    lines = [f"[{finding.code}] {finding.operation}: {finding.message}"]
    if finding.place is not None:
        lines.append(f"  {finding.place}  {finding.place.pointer}")
    if finding.hint:
        lines.append(f"  hint: {finding.hint}")
    last = finding.evidence[-1] if finding.evidence else None
    exchange = next((one for one in found.exchanges if one.number == last), None)
    if exchange is not None:
        lines.append(f"  {curl(exchange, base_of(found))}")
        if exchange.reply is not None:
            body = exchange.reply.body[:300].decode("utf-8", "replace")
            lines.append(f"  answered {exchange.reply.status} {body}")
    if finding.seed is not None:
        lines.append(f"  seed {finding.seed}")
    return "\n".join(lines)

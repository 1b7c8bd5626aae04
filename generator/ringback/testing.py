"""The commands `test` and `replay`: from the command line to a run, and from a run to reports and an exit status."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ringback.common_arguments import STANDARD_INPUT
from ringback.outputs import will_not_write, write_whole
from ringback.testing_auth import AuthError, Given, given
from ringback.usage import UsageError

if TYPE_CHECKING:
    from ringback.contract import Contract, Options, Run, Subject, Target, Untested
    from ringback.settings import Settings

KEPT: Final = 0
FINDINGS: Final = 1
UNUSABLE: Final = 2
INTERRUPTED: Final = 130


def test(options: argparse.Namespace, settings: Settings) -> int:
    """`ringback test`; gives the exit status. Raises UsageError."""
    need_extra()
    from ringback.contract import Subject, unanswered, unconnected

    judge = _Judge(options)
    if options.scheduler is not None:
        need_files(settings, "the workers of a scheduler")
    contract = load_contract(settings)
    auth = given_auth(options, contract)
    chosen = chosen_options(options, settings, auth)
    subject = Subject(settings.document or "", settings.overlays)
    if options.scheduler is not None:
        found = _spread(options, contract, chosen, subject)
    else:
        found = _here(options, contract, chosen, subject)
    found = replace(found, commands=(("again", _again(options, settings)),))
    nothing = unanswered(contract, found)
    return judge.close(contract, found, auth, nothing, unfollowed=unconnected(contract))


def replay(options: argparse.Namespace, settings: Settings) -> int:
    """`ringback replay`; gives the exit status. Raises UsageError."""
    from ringback.contract import HarError, Subject, Untested, read_har
    from ringback.contract import replay as replayed

    judge = _Judge(options)
    contract = load_contract(settings)
    try:
        exchanges = read_har(options.recording)
    except OSError as error:
        raise UsageError(f"cannot read {options.recording}: {error.strerror}") from None
    except HarError as error:
        raise UsageError(str(error)) from None
    subject = Subject(settings.document or "", settings.overlays)
    found = replayed(
        contract,
        exchanges,
        document=subject.document,
        overlays=subject.overlays,
        target=options.recording,
        lifecycles=settings.test.get("lifecycles"),
    )
    answered = any(one.reply is not None for one in found.exchanges)
    nothing = None if answered else Untested("the recording holds no answer")
    return judge.close(contract, found, given_auth(options, contract), nothing)


def chosen_options(options: argparse.Namespace, settings: Settings, auth: Given) -> Options:
    """The options of a campaign: those of the settings, with what the command line says."""
    from ringback.contract import Options

    told = settings.test
    chosen = Options(
        max_requests=options.max_requests,
        max_writes=options.max_writes,
        max_cost=options.max_cost,
        costs={key: float(value) for key, value in told.get("costs", {}).items()},
        allow_writes=options.allow_writes,
        rate=options.rate,
        workers=options.workers,
        auth=auth.usual,
        schemes=auth.schemes,
        values=told.get("values", {}),
        lifecycles=told.get("lifecycles", {}),
        ignore=tuple(told.get("ignore", ())),
        callback_url=told.get("callback-url"),
    )
    if options.seed:
        chosen = replace(chosen, seeds=tuple(dict.fromkeys(options.seed)))
    if options.max_time is not None:
        chosen = replace(chosen, max_time=options.max_time)
    if "timeout" in told:
        chosen = replace(chosen, timeout=float(told["timeout"]))
    if "patience" in told:
        chosen = replace(chosen, patience=float(told["patience"]))
    return chosen


class _Judge:
    """What makes of a run its reports and an exit status. Made first: what is wrong with it is said before anything is sent."""

    def __init__(self, options: argparse.Namespace) -> None:
        from ringback.contract import BaselineError, FailOnError, parse_fail_on, read_baseline

        self._options = options
        need_writable(path for _, path in options.report or ())
        need_writable([options.propose_overlay] if options.propose_overlay else [])
        try:
            self._fail_on = parse_fail_on(options.fail_on)
            self._baseline = read_baseline(options.baseline) if options.baseline else None
        except FailOnError as error:
            raise UsageError(f"--fail-on: {error}") from None
        except BaselineError as error:
            raise UsageError(str(error)) from None
        except OSError as error:
            raise UsageError(f"cannot read {options.baseline}: {error.strerror}") from None

    def close(
        self,
        contract: Contract,
        run: Run,
        auth: Given,
        nothing: Untested | None,
        unfollowed: Untested | None = None,
    ) -> int:
        """Show and write a run; gives the exit status.

        `nothing`: why it says nothing; `unfollowed`: why it would say little if it had found nothing.
        """
        from ringback.contract import Redactor, apply_baseline, redacted, terminal

        if self._baseline is not None:
            run = apply_baseline(self._baseline, run)
        # All reports of this run are then made with these pseudonyms.
        redacted(run, Redactor(known=auth.secrets, names=_secret_names(contract)))
        terminal(run, sys.stdout)
        sys.stdout.flush()
        self._write(contract, run)
        return self._status(run, nothing, unfollowed)

    def _status(self, run: Run, nothing: Untested | None, unfollowed: Untested | None) -> int:
        if run.stopped == "interrupted":
            return INTERRUPTED
        failed = bool(self._fail_on.reasons(run))
        if not failed and not run.findings:
            nothing = nothing or unfollowed
        if nothing is None:
            return FINDINGS if failed else KEPT
        _say(f"nothing could be tested: {nothing.why}")
        return FINDINGS if failed and not nothing.moot else UNUSABLE

    def _write(self, contract: Contract, run: Run) -> None:
        from ringback.contract import propose, write_report

        for kind, path in self._options.report or ():
            try:
                write_report(kind, run, path)
            except OSError as error:
                raise UsageError(f"cannot write {path}: {error.strerror}") from None
            print(f"{kind}: {path}")
        file = self._options.propose_overlay
        if not file:
            return
        proposed = propose(contract, run)
        if not proposed:
            print("overlay: none, every observed answer is legal as it is")
            return
        try:
            write_whole(file, proposed)
        except OSError as error:
            raise UsageError(f"cannot write {file}: {error.strerror}") from None
        print(f"overlay: {file}")


def _secret_names(contract: Contract) -> tuple[str, ...]:
    """The headers and parameters in which the document wants keys."""
    schemes = contract.document.security_schemes
    return tuple(one.parameter for one in schemes if one.type == "apiKey" and one.parameter)


def given_auth(options: argparse.Namespace, contract: Contract) -> Given:
    """The credentials of the command line and the environment. Raises UsageError."""
    from ringback.contract import schemes

    try:
        return given(getattr(options, "auth", None) or (), schemes(contract), os.environ)
    except AuthError as error:
        raise UsageError(str(error)) from None


def load_contract(settings: Settings) -> Contract:
    """The document of the settings. Raises DocumentError."""
    from ringback.contract import Contract
    from ringback.openapi import parse

    document, _ = parse(settings.load())
    return Contract.of(document)


def need_files(settings: Settings, readers: str) -> None:
    """Raises UsageError where a document comes by a pipe, which is read once, and others would read it again."""
    for file in (settings.document or "", *settings.overlays):
        pipe = os.path.exists(file) and not (os.path.isfile(file) or os.path.isdir(file))
        if pipe or file == STANDARD_INPUT:
            raise UsageError(f"{readers} read {file} again: save it as a file")


def need_writable(files: Iterable[str]) -> None:
    """Raises UsageError where a file could not be written when all is done: then it is too late."""
    for file in files:
        if why := will_not_write(file):
            raise UsageError(f"cannot write {file}: {why}")


def _target(options: argparse.Namespace, contract: Contract) -> Target:
    from ringback.contract import LiveTarget, TargetError, load_app, without_base

    try:
        if options.app:
            return load_app(options.app)
        return LiveTarget(without_base(options.url, contract.base))
    except TargetError as error:
        raise UsageError(str(error)) from None


def _here(
    options: argparse.Namespace, contract: Contract, chosen: Options, subject: Subject
) -> Run:
    """The campaign in this process. Each seed has an application of its own where there is a function that makes it."""
    from ringback.contract import Progress, TargetError, is_made_anew, load_app, run, series

    target = _target(options, contract)
    with Progress(sys.stderr, chosen.max_requests) as progress:
        if len(chosen.seeds) == 1 or not options.app or not is_made_anew(options.app):
            return run(contract, target, chosen, progress, subject=subject)
        try:
            return series(
                contract, lambda: load_app(options.app), chosen, progress, subject=subject
            )
        except TargetError as error:
            raise UsageError(str(error)) from None


def _spread(
    options: argparse.Namespace, contract: Contract, chosen: Options, subject: Subject
) -> Run:
    """Hand shards of the campaign to the workers of a scheduler."""
    from ringback.contract import (
        Aim,
        ClusterError,
        Progress,
        RememberError,
        spread,
        without_base,
    )

    url = options.url and without_base(options.url, contract.base)
    aim = Aim(app=options.app, url=url)
    try:
        with Progress(sys.stderr, chosen.max_requests) as progress:
            return spread(contract, aim, chosen, options.scheduler, progress, subject=subject)
    except (ClusterError, RememberError) as error:
        raise UsageError(str(error)) from None


def need_extra() -> None:
    """Raises UsageError where the libraries of the tester are not installed."""
    try:
        import schemathesis  # noqa: F401
    except ImportError:
        raise UsageError("the tester needs an extra: pip install 'ringback[test]'") from None


def _again(options: argparse.Namespace, settings: Settings) -> str:
    """The command that does it again; what is secret comes from the environment."""
    words = ["ringback", "test", settings.document or ""]
    for overlay in settings.overlays:
        words += ["--overlay", overlay]
    for prefix in options.allow_ref or ():
        words += ["--allow-ref", prefix]
    words += ["--app", options.app] if options.app else ["--url", options.url]
    for seed in options.seed or ():
        words += ["--seed", str(seed)]
    return shlex.join(words)


def _say(message: str) -> None:
    print(f"ringback: {message}", file=sys.stderr)

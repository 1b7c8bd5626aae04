"""Does the other side keep to the document? Requests, judges and reports."""

from ringback.wire import Contract

from .baseline import BaselineError
from .baseline import apply as apply_baseline
from .baseline import read as read_baseline
from .campaign import Subject, run
from .cluster import Aim, ClusterError, spread
from .credentials import schemes
from .doctor import doctor
from .fail_on import FailOn, FailOnError
from .fail_on import parse as parse_fail_on
from .gateway import Mutator
from .har import HarError
from .har import read as read_har
from .options import Options
from .outcome import Budget, Coverage, Finding, OperationCoverage, Run, Seen, Transition
from .propose import propose
from .redact import Redactor
from .remembering import RememberError
from .replay import replay
from .report import KINDS as REPORTS
from .report import Event, Progress, ReportError, terminal
from .report import load as load_run
from .report import merge as merge_runs
from .report import write as write_report
from .report.redaction import redacted
from .series import series
from .suite import contract_test
from .targets import LiveTarget, Target, TargetError, is_made_anew, target_of, without_base
from .targets import load as load_app
from .traffic import Delivery, Exchange, Intent, Phase, Reply, Request
from .untested import Untested, unanswered, unconnected

from . import strength, suite  # isort: skip  (they stand on all of the above)

__all__ = [
    "REPORTS",
    "Aim",
    "BaselineError",
    "Budget",
    "ClusterError",
    "Contract",
    "Coverage",
    "Delivery",
    "Event",
    "Exchange",
    "FailOn",
    "FailOnError",
    "Finding",
    "HarError",
    "Intent",
    "LiveTarget",
    "Mutator",
    "OperationCoverage",
    "Options",
    "Phase",
    "Progress",
    "RememberError",
    "Redactor",
    "Reply",
    "ReportError",
    "Request",
    "Run",
    "Seen",
    "Subject",
    "Target",
    "TargetError",
    "Transition",
    "Untested",
    "apply_baseline",
    "contract_test",
    "doctor",
    "is_made_anew",
    "load_app",
    "load_run",
    "merge_runs",
    "parse_fail_on",
    "propose",
    "read_baseline",
    "read_har",
    "redacted",
    "replay",
    "run",
    "schemes",
    "series",
    "spread",
    "strength",
    "suite",
    "target_of",
    "terminal",
    "unanswered",
    "unconnected",
    "without_base",
    "write_report",
]

"""The tree, judged and read: the door of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ringback.aside import aside
from ringback.source import Diagnostic, DocumentError, Path, Severity, Tree, collector_paused

from .mend import declare, plain_templates
from .model import Document
from .reader import read_document
from .refs import Resolver
from .rules import (
    DOCUMENT_RULES,
    VALUE_RULES,
    Context,
    missing_path_parameters,
    reference_target,
)
from .schemas import SchemaReader
from .second import second_opinion
from .shape import shape_faults
from .survey import survey
from .version import version_of


def parse(
    tree: Tree, *, second: bool = True, formats: Iterable[str] = ()
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Read a tree as OpenAPI; the warnings come second. Raises DocumentError with all errors and warnings.

    With `second`, openapi-spec-validator is asked too; `judge_again` does only that. `formats` are known besides ours.
    """
    with collector_paused():
        return _parsed(tree, frozenset(formats), second=second)


def _parsed(
    tree: Tree, formats: frozenset[str], *, second: bool
) -> tuple[Document, tuple[Diagnostic, ...]]:
    version = version_of(tree)
    findings = [*tree.warnings, *shape_faults(tree, version[:3]), *plain_templates(tree)]
    _stop_at_errors(findings)
    resolver = Resolver(tree)

    def judge(path: Path, kind: str) -> None:
        findings.extend(shape_faults(tree, version[:3], path, kind))

    context = Context(tree, version[:3], survey(tree.root, resolver, judge), formats)
    findings += context.survey.unread
    _stop_at_errors(findings)
    for rule in DOCUMENT_RULES:
        findings += rule(context)
    _stop_at_errors(findings)
    for operation, name in missing_path_parameters(context):
        declare(tree, operation, name)
    reader = SchemaReader(context.survey, old=version.startswith("3.0"))
    document = read_document(tree, version, reader, resolver)
    for hold in VALUE_RULES:
        findings += hold(context, reader)
    if second:
        _stop_at_errors(findings)
        findings += second_opinion(tree, version, findings)
    _stop_at_errors(findings)
    return document, tuple(sorted(set(findings)))


def joined(tree: Tree) -> Tree:
    """The tree with every other file that it refers to hung into it; what is wrong with its form is not looked at.

    Raises DocumentError where a file cannot be read, and where a reference leads nowhere.
    """
    seen = survey(tree.root, Resolver(tree), _nobody)
    found = [*seen.unread, *reference_target(Context(tree, "", seen))]
    if tree.library.is_spread or seen.unread or any(one.code == "external-ref" for one in found):
        _stop_at_errors(found)
    return tree


def _nobody(path: Path, kind: str) -> None:
    """Nobody judges."""


def judge_again(
    document: Document, warnings: tuple[Diagnostic, ...]
) -> Callable[[], tuple[Diagnostic, ...]]:
    """Ask openapi-spec-validator about a document that `parse` has read without it.

    Another process does, meanwhile; what is given is the function that waits for what it finds.
    """
    tree, version, nothing = document.tree, document.version, tuple[Diagnostic, ...]()
    return aside(lambda: tuple(sorted(second_opinion(tree, version, warnings))), nothing)


def _stop_at_errors(findings: list[Diagnostic]) -> None:
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise DocumentError(findings)

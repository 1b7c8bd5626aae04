"""A plan to files: templates print, black formats, Python compiles. Nothing here touches the disk but to read templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jinja2

from ringback.aside import aside
from ringback.emit import code, former
from ringback.emit.artifacts import ARTIFACTS, EXPORTS, STANDALONE, Artifact, templates_dir
from ringback.emit.compiled import PrintingFault, compiled, numbered
from ringback.emit.layout import WIDTH, assignment, call, fit, formatter, imports
from ringback.emit.literals import docstring, toml
from ringback.emit.markup import content_alias, filled, taken, word_of, words_alias
from ringback.emit.own import blamed
from ringback.emit.pieces import Pieces
from ringback.emit.statements import settled
from ringback.emit.tabular import csv_rules
from ringback.emit.tokens import given_names, party
from ringback.plan import Plan, py

_CLIENT_DOC = (
    "Credentials come from the arguments, or from the environment. Times are in seconds; `timeout` is for a request "
    "with all its tries. Requests that cannot do harm twice are tried again up to `max_retries` times.\n\n"
    "`http` takes any client object of httpx2's shape (`build_request`, `send`), for proxies, test transports and the "
    "like."
)


_CODE = (
    "answer_head",
    "answers_alias",
    "argument",
    "class_head",
    "credentials",
    "definition",
    "format_modules",
    "format_parts",
    "literal_alias",
    "optional",
    "passed",
    "row",
    "route",
    "rules",
    "schemes",
    "server_answer",
    "server_argument",
    "server_choice",
    "server_names",
    "server_table",
    "signature",
    "streamed",
    "union_alias",
    "variants",
    "variable_argument",
    "variants_of",
)


_VOCABULARY = "vocabulary.py.j2"
_BESIDE = ("client.py", "server.py")
"""What another core prints, of a large document: about half of the work."""
_MANY = 300
"""Operations and types from which on that pays for the process."""


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """A file to be written: its path below the package's folder, its text, and the digest of what was printed.

    `printed` is the digest before formatting: where it is known from an earlier run, the text need not be made again.
    """

    path: str
    text: str
    printed: str


@dataclass(frozen=True, slots=True)
class _Job:
    """What every file of a run is printed from; `parts` are those of the runtime that the plan needs."""

    env: jinja2.Environment
    plan: Plan
    parts: frozenset[str]
    known: Mapping[str, tuple[str, str]]
    overrides: Path | None


def environment(overrides: Path | None = None) -> jinja2.Environment:
    """The one Jinja environment; a folder of overrides comes before our own templates."""
    folders = [str(folder) for folder in (overrides, templates_dir()) if folder is not None]
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(py=_literal, docstring=docstring, toml=toml)
    env.globals.update(
        {name: getattr(code, name) for name in _CODE},
        constructors=former.constructors,
        former_method=former.former_method,
        former_signature=former.former_signature,
        method_form=former.method_form,
        renames=former.renames,
        retirement=former.retirement,
        assignment=assignment,
        call=call,
        fit=fit,
        imports=imports,
        content_alias=content_alias,
        csv_rules=csv_rules,
        filled=filled,
        given_names=given_names,
        party=party,
        taken=taken,
        word_of=word_of,
        words_alias=words_alias,
    )
    return env


def _literal(value: object) -> str:
    """A literal; what is undefined says so in Jinja's words, with the name that was misspelt."""
    return py(str(value) if isinstance(value, jinja2.Undefined) else value)


def render(
    plan: Plan,
    *,
    known: Mapping[str, tuple[str, str]] | None = None,
    overrides: Path | None = None,
    standalone: bool = False,
) -> tuple[GeneratedFile, ...]:
    """Print every file of the package.

    `known` maps a path to the digest of its printed form and its formatted text, from an earlier run: what prints the
    same again is not formatted again.
    """
    parts = plan.parts
    wanted = [one for one in ARTIFACTS if not one.needs or one.needs in parts]
    wanted += STANDALONE if standalone else ()
    if plan.markup is not None:
        named = Artifact(_VOCABULARY, needs="markup", to=f"{plan.markup.module}.py")
        wanted = [named if one.template == _VOCABULARY else one for one in wanted]
    env = environment(overrides)

    job = _Job(env, plan, parts, known or {}, overrides)

    def made(some: Iterable[Artifact]) -> list[GeneratedFile]:
        return [_file(job, one) for one in some]

    if len(plan.operations) + len(plan.models) < _MANY:
        return tuple(made(wanted))
    theirs = [one for one in wanted if one.path in _BESIDE]
    other = aside(lambda: made(theirs), None)
    files = made(one for one in wanted if one.path not in _BESIDE)
    files += other() or made(theirs)  # a fault is told here, where somebody hears it
    order = [one.path for one in wanted]
    return tuple(sorted(files, key=lambda file: order.index(file.path)))


def _file(job: _Job, artifact: Artifact) -> GeneratedFile:
    try:
        return _made(job, artifact)
    except Exception as error:
        told = blamed(error, artifact.template, job.overrides)
        if told is None:
            raise
        raise told from None


def _made(job: _Job, artifact: Artifact) -> GeneratedFile:
    printed = _printed(job, artifact)
    digest = hashlib.sha256(printed.encode()).hexdigest()
    earlier = job.known.get(artifact.path)
    if earlier is not None and earlier[0] == digest:
        return GeneratedFile(artifact.path, earlier[1], digest)
    own = job.overrides is None or not (job.overrides / artifact.template).exists()
    if artifact.verbatim and own:
        return GeneratedFile(artifact.path, printed, digest)
    before = earlier[1] if earlier is not None else ""
    return GeneratedFile(artifact.path, _formatted(artifact.path, printed, before, own=own), digest)


def _printed(job: _Job, artifact: Artifact) -> str:
    if artifact.verbatim:
        assert job.env.loader is not None
        return job.env.loader.get_source(job.env, artifact.template)[0]
    parts: dict[str, tuple[str, ...]] = (
        {"_runtime.multipart": ("File",)} if "multipart" in job.parts else {}
    )
    if "tabular" in job.parts:
        parts["_runtime.tabular"] = ("write_csv",)
    if "headers" in job.parts:
        parts["headers"] = tuple(sorted(one.headers_class for _, one in job.plan.header_answers))
    modules = sorted({**EXPORTS, **parts, "models": job.plan.exported}.items())
    exported = sorted(name for _, names in modules for name in names)
    template = job.env.get_template(artifact.template)
    return template.render(
        plan=job.plan,
        modules=[(module, names) for module, names in modules if names],
        exported=exported,
        client_doc=_CLIENT_DOC,
    )


def _formatted(path: str, printed: str, earlier: str, *, own: bool) -> str:
    """The file as black has it. Our own templates print black's layout, so that black itself is asked only about
    statements that are too long; what comes from other templates is black's as a whole."""
    if not path.endswith(".py"):
        return printed
    try:
        text = _settled(path, printed) if own else _black(path, printed)
    except (PrintingFault, IndexError):
        compiled(path, printed)  # says where, in the words of Python
        text = _black(path, printed)
    compiled(path, text, earlier)
    return text


def _settled(path: str, printed: str) -> str:
    settings = f"{formatter()} py311 {WIDTH}"
    with Pieces(settings, path, partial(_black, path)) as pieces:
        return settled(printed, pieces.formatted)


def _black(path: str, block: str) -> str:
    """A module's text as black has it."""
    import black
    from black.mode import TargetVersion
    from black.parsing import ASTSafetyError, InvalidInput

    mode = black.Mode(target_versions={TargetVersion.PY311}, line_length=WIDTH)
    try:
        return black.format_str(block, mode=mode)
    except (InvalidInput, ASTSafetyError) as error:
        raise PrintingFault(f"black rejects {path}: {error}\n{numbered(block)}") from None

"""A plan to files: templates print, black formats, Python compiles. Nothing here touches the disk but to read templates."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2

from ringback.emit import code
from ringback.emit.artifacts import ARTIFACTS, EXPORTS, STANDALONE, Artifact, templates_dir
from ringback.emit.layout import WIDTH, assignment, fit, imports
from ringback.emit.literals import docstring, toml
from ringback.plan import Plan, py

_CLIENT_DOC = (
    "Credentials come from the arguments, or from the environment. Times are in seconds; `timeout` is for a request "
    "with all its tries. Requests that cannot do harm twice are tried again up to `max_retries` times.\n\n"
    "`http` takes any client object of httpx2's shape (`build_request`, `send`), for proxies, test transports and the "
    "like."
)


_METHOD = re.compile(r"\n\n(?=    (?:async )?def )")
_ALIAS = re.compile(r' *\w+: TypeAlias = "[^"\\]*"$| *[\w.]+,$' r'| *"[^"\\]*",?$| *"\w*": "\w*",$')
"""A line that black leaves as it is, whatever its length: there is nowhere to break it."""
_STATEMENT = re.compile(r"\n\n(?=[A-Z_]+\w*: Operation\[)")
"""Where one row of the operation table ends and the next begins."""
_CODE = (
    "answers_alias",
    "argument",
    "class_head",
    "credentials",
    "definition",
    "literal_alias",
    "optional",
    "passed",
    "row",
    "route",
    "rules",
    "schemes",
    "server_answer",
    "server_names",
    "signature",
    "streamed",
    "union_alias",
    "variants",
    "variants_of",
)


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """A file to be written: its path below the package's folder, its text, and the digest of what was printed.

    `printed` is the digest before formatting: where it is known from an earlier run, the text need not be made again.
    """

    path: str
    text: str
    printed: str


class PrintingFault(Exception):
    """What was printed is no Python: a defect of ours. Carries the numbered source."""


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
    env.filters.update(py=py, docstring=docstring, toml=toml)
    env.globals.update(
        {name: getattr(code, name) for name in _CODE},
        assignment=assignment,
        fit=fit,
        imports=imports,
    )
    return env


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
    env = environment(overrides)
    files = []
    wanted = [one for one in ARTIFACTS if not one.needs or one.needs in plan.parts]
    for artifact in (*wanted, *(STANDALONE if standalone else ())):
        printed = _printed(env, artifact, plan)
        digest = hashlib.sha256(printed.encode()).hexdigest()
        earlier = (known or {}).get(artifact.path)
        if earlier is not None and earlier[0] == digest:
            files.append(GeneratedFile(artifact.path, earlier[1], digest))
            continue
        text = (
            printed
            if artifact.verbatim and overrides is None
            else _formatted(artifact.path, printed)
        )
        files.append(GeneratedFile(artifact.path, text, digest))
    return tuple(files)


def _printed(env: jinja2.Environment, artifact: Artifact, plan: Plan) -> str:
    if artifact.verbatim:
        assert env.loader is not None
        return env.loader.get_source(env, artifact.template)[0]
    parts = {"_runtime.multipart": ("File",)} if "multipart" in plan.parts else {}
    modules = sorted({**EXPORTS, **parts, "models": plan.exported}.items())
    exported = sorted(name for _, names in modules for name in names)
    template = env.get_template(artifact.template)
    return template.render(
        plan=plan,
        modules=[(module, names) for module, names in modules if names],
        exported=exported,
        client_doc=_CLIENT_DOC,
    )


def _formatted(path: str, printed: str) -> str:
    """The file as black has it. Templates print black's own layout; only a block with a line that is too long is
    handed to black itself, which costs more than everything else together."""
    if not path.endswith(".py"):
        return printed
    _compiled(path, printed)
    blocks = printed.rstrip("\n").split("\n\n\n")
    if all(map(_settled, blocks)):
        return printed
    text = "\n\n\n".join(_block(path, block) for block in blocks) + "\n"
    _compiled(path, text)
    return text


def _block(path: str, block: str) -> str:
    """A top-level statement as black has it: of a class only the methods that need it are formatted."""
    if _settled(block):
        return block
    statements = _STATEMENT.split(block)
    if len(statements) > 1 and not block.startswith(("class ", "def ", "@", "async ")):
        return "\n\n".join(_block(path, one) for one in statements)
    pieces = _METHOD.split(block)
    if len(pieces) > 1:
        try:
            compile("class _:\n" + "\n\n".join(pieces[1:]), path, "exec", dont_inherit=True)
            return "\n\n".join(
                [_block(path, pieces[0]), *(_method(path, piece) for piece in pieces[1:])]
            )
        except (SyntaxError, ValueError, PrintingFault):
            pass
    return _black(path, block)


def _method(path: str, method: str) -> str:
    if _settled(method):
        return method
    return _black(path, "class _:\n" + method).removeprefix("class _:\n").lstrip("\n")


def _settled(block: str) -> bool:
    return all(len(line) <= WIDTH or _ALIAS.match(line) for line in block.split("\n"))


def _black(path: str, block: str) -> str:
    import black
    from black.mode import TargetVersion
    from black.parsing import ASTSafetyError, InvalidInput

    mode = black.Mode(target_versions={TargetVersion.PY311}, line_length=WIDTH)
    try:
        return black.format_str(block.strip("\n") + "\n", mode=mode).rstrip("\n")
    except (InvalidInput, ASTSafetyError) as error:
        raise PrintingFault(f"black rejects {path}: {error}\n{_numbered(block)}") from None


def _compiled(path: str, text: str) -> None:
    try:
        compile(text, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        raise PrintingFault(f"{path} is no Python: {error}\n{_numbered(text)}") from None


def _numbered(text: str) -> str:
    return "\n".join(f"{number:5} {line}" for number, line in enumerate(text.splitlines(), 1))

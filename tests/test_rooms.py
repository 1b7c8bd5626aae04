"""The house is kept: which room imports which, by which door, and that no vendor's name stands in the generator."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator" / "ringback"
ROOMS = ("source", "openapi", "plan", "emit")
# Guests read source and openapi only, so that they share no mistake with the generator. What two of them need stands in a
# room of its own: what the tester and the mock read in a document in wire, how mock and emulator keep state in state.
GUESTS = ("contract", "emulator", "mock", "wire")
ABOVE = {
    **{room: ROOMS[:index] for index, room in enumerate(ROOMS)},
    "diff": ("source", "openapi", "plan"),  # it compares what two documents become
    **dict.fromkeys(GUESTS, ("source", "openapi")),
    "contract": ("source", "openapi", "wire"),
    "emulator": ("source", "openapi", "state"),
    "mock": ("source", "openapi", "wire", "state"),
    "state": (),
}
# Words of a markup language: the plan prints a builder from them, and the emulator runs what is built.
ABOVE["vocabulary"] = ("source",)
ABOVE["plan"] += ("vocabulary",)
ABOVE["emulator"] += ("vocabulary",)
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def imports(file: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The ringback modules that a file imports, by full name, and the names taken from each."""
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    package = parts[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (
                (alias.name, ()) for alias in node.names if alias.name.split(".")[0] == "ringback"
            )
        elif isinstance(node, ast.ImportFrom):
            names = tuple(alias.name for alias in node.names)
            if node.level:
                base = ".".join(package[: len(package) - node.level + 1])
                yield (f"{base}.{node.module}" if node.module else base), names
            elif (node.module or "").split(".")[0] == "ringback":
                yield str(node.module), names


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_above_it_and_only_their_door(file: Path) -> None:
    room = file.relative_to(PACKAGE).parts[0] if file.parent != PACKAGE else ""
    for module, names in imports(file):
        # `from ringback import source` names the room as well.
        reached = [module] if module != "ringback" else [f"ringback.{name}" for name in names]
        for target in reached:
            other = room_of(target)
            if other not in ABOVE or other == room:
                continue
            if room in ABOVE:
                assert other in ABOVE[room], f"{room} imports {target}"
            assert target.count(".") == 1, f"{target} is not the door of {other}"


@pytest.mark.parametrize("room", [room for room in ABOVE if (PACKAGE / room).is_dir()])
def test_a_door_lists_what_it_gives(room: str) -> None:
    tree = ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))
    listed = [
        {element.value for element in node.value.elts if isinstance(element, ast.Constant)}
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.List)
        and any(getattr(target, "id", "") == "__all__" for target in node.targets)
    ]
    assert len(listed) == 1
    for file in MODULES:
        for module, names in imports(file):
            if module == f"ringback.{room}" and file.parent != PACKAGE / room:
                submodules = {path.stem for path in (PACKAGE / room).iterdir()}
                assert set(names) <= listed[0] | (submodules if room in file.parts else set()), file


def test_nothing_below_the_command_line_imports_it() -> None:
    for file in MODULES:
        if file.parent != PACKAGE:
            assert not {"cli", "pipeline", "settings", "report"} & {
                room_of(module) for module, _ in imports(file)
            }, file


@pytest.mark.parametrize(
    "folder",
    [
        *(
            PACKAGE / room
            for room in (*ROOMS, "diff", "contract", "wire", "mock", "state", "vocabulary")
        ),
        ROOT / "templates",
    ],
)
def test_no_vendor_is_named(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            assert "twilio" not in file.read_text(encoding="utf-8").lower(), file

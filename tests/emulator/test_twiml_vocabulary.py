"""The vocabulary against the vendor's own builders: whatever they can build is known here."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from ringback.emulator.twiml.vocabulary import words

voice_response = pytest.importorskip(
    "twilio.twiml.voice_response", reason="the vendor's SDK is not there"
)
TwiML: Any = pytest.importorskip("twilio.twiml").TwiML


def filled(function: Any) -> dict[str, str]:
    """A text for every parameter by name."""
    parameters = list(inspect.signature(function).parameters.values())
    kinds = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return {one.name: "x" for one in parameters if one.name != "self" and one.kind not in kinds}


def builders() -> Iterator[Any]:
    """Every element that the SDK can build, with all its attributes."""
    for _, kind in inspect.getmembers(voice_response, inspect.isclass):
        if issubclass(kind, TwiML) and kind is not TwiML:
            yield kind(**filled(kind.__init__))


@pytest.mark.parametrize("built", list(builders()), ids=lambda built: type(built).__name__)
def test_what_the_sdk_builds_is_known(built: Any) -> None:
    word = words()[built.name]
    attributes = {name.rpartition("}")[2] for name in ElementTree.fromstring(str(built)).attrib}
    known = {name.rpartition(":")[2] for name in word.attributes}
    assert attributes <= known
    nested = {
        child.name
        for name, method in inspect.getmembers(type(built), inspect.isfunction)
        if name not in ("append", "nest", "add_child", "to_xml") and name[0] != "_"
        if isinstance(child := getattr(built, name)(**filled(method)), TwiML) and child is not built
    }
    assert nested <= set(word.children)

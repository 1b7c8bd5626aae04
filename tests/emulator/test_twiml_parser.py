"""The TwiML parser: what it reads, what it warns of, what it refuses, and that nothing else comes out of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.emulator.twiml import Unreadable, parse, timing
from ringback.emulator.twiml.codes import MESSAGES
from ringback.emulator.twiml.parser import DEEPEST, LONGEST, MOST
from ringback.emulator.twiml.vocabulary import words

LAUGHS = (
    "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    "<Response><Say>&b;</Say></Response>"
)
OUTSIDE = (
    "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><Response><Say>&x;</Say></Response>"
)


def code_of(text: str) -> int:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", 12100),
        ("hello", 12100),
        ("<Response>", 12100),
        ("<Response/><Response/>", 12100),
        ("<Response>&nbsp;</Response>", 12100),
        ("<response/>", 12102),
        ("<Say>Hello</Say>", 12102),
        (LAUGHS, 12100),
        (OUTSIDE, 12100),
        ("<!DOCTYPE Response><Response/>", 12100),
        ("<Response>" + "<Say>" * 10_000, 12100),
        ("<Response>" + "<Hangup/>" * MOST + "</Response>", 12100),
        ("<Response><Say>" + "x" * LONGEST + "</Say></Response>", 11750),
        ("<Response>\ud800</Response>", 12100),
        ("<Response>\x00</Response>", 12100),
    ],
)
def test_what_is_no_document_is_refused_with_its_code(text: str, code: int) -> None:
    assert code_of(text) == code


def test_elements_keep_their_text_attributes_and_order() -> None:
    root = parse(
        "<?xml version='1.0' encoding='utf-8'?>\n<Response><!-- a menu -->"
        "<Say voice='man'> Hello <emphasis>dear</emphasis>\n caller </Say><Hangup/></Response>"
    ).root
    say, hangup = root.children
    assert (say.attributes, say.text, say.spoken) == (
        {"voice": "man"},
        "Hello caller",
        "Hello dear caller",
    )
    assert (hangup.name, say.children[0].text) == ("Hangup", "dear")


def test_what_is_wrong_is_left_out_and_told() -> None:
    document = parse(
        "<Response><Dial timeout='x' Timeout='5'><Say>no</Say>12</Dial><Shout/>text</Response>"
    )
    (dial,) = document.root.children
    assert (dial.attributes, dial.children, dial.text) == ({}, (), "12")
    assert [finding.code for finding in document.findings] == [12200, 13212, 12200, 13215, 12200]


def test_the_deepest_that_is_allowed_is_read() -> None:
    inner = DEEPEST - 2
    text = "<Response><Say>" + "<p>" * inner + "deep" + "</p>" * inner + "</Say></Response>"
    assert parse(text).root.children[0].spoken == "deep"


def test_every_word_that_may_be_nested_is_in_the_vocabulary() -> None:
    for name, word in words().items():
        assert set(word.children) <= set(words()) | {"Queue"}, name


@given(st.text(max_size=200) | st.text("<>/&;!?[]-'\"=ResponseSay ", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_document_or_unreadable(text: str) -> None:
    try:
        document = parse(text)
    except Unreadable as error:
        assert error.code in MESSAGES
    else:
        assert document.root.name == "Response"


@pytest.mark.parametrize(
    ("xml", "milliseconds"),
    [
        ("<Say>one two three four five</Say>", 2_000),
        ("<Say loop='3'>one two three four five</Say>", 6_000),
        ("<Say loop='0'>five</Say>", 400_000),
        ("<Say>one<break time='2s'/><break strength='none'/></Say>", 2_400),
    ],
)
def test_how_long_something_is_said(xml: str, milliseconds: int) -> None:
    assert timing.say(parse(f"<Response>{xml}</Response>").root.children[0]) == milliseconds


@pytest.mark.parametrize(
    ("xml", "milliseconds"),
    [
        ("<Play>http://a.test/x.mp3</Play>", 5_000),
        ("<Play loop='2'>http://a.test/x.mp3#seconds=1.5</Play>", 3_000),
        ("<Play>http://a.test/x.mp3#seconds=soon</Play>", 5_000),
        ("<Play>http://[a</Play>", 5_000),
        ("<Play digits='1wW2'/>", 2_000),
    ],
)
def test_how_long_something_is_played(xml: str, milliseconds: int) -> None:
    assert timing.play(parse(f"<Response>{xml}</Response>").root.children[0]) == milliseconds

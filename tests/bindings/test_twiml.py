"""The builder of TwiML: what it writes and reads, and what it says of what is wrong."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from tests.bindings.twiml_trees import CLASSES, VOCABULARY, trees

from ringback.emulator import twiml as interpreter
from twilio_voice.twiml import (
    Conference,
    Dial,
    Emphasis,
    Enqueue,
    Gather,
    Hangup,
    MarkupError,
    Number,
    Other,
    P,
    Pause,
    Play,
    Prompt,
    Record,
    Redirect,
    Response,
    Say,
    Sms,
    parse,
)

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def answer(digit: str) -> Response:
    """The handler of keys in document 000."""
    response = Response()
    if digit == "1":
        response.say("Connecting you to sales.")
        response.dial("+1234567890")
    elif digit == "2":
        response.say("Connecting you to support.")
        response.enqueue("support-queue")
    elif digit == "3":
        response.say("Please leave a message after the beep.")
        response.record(
            max_length=60,
            action="/recording-complete",
            transcribe=True,
            transcribe_callback="/transcription-ready",
        )
    else:
        response.say("Invalid option.")
        response.redirect("/welcome")
    return response


@pytest.mark.parametrize(
    ("digit", "xml"),
    [
        ("1", "<Say>Connecting you to sales.</Say><Dial>+1234567890</Dial>"),
        ("2", "<Say>Connecting you to support.</Say><Enqueue>support-queue</Enqueue>"),
        (
            "3",
            '<Say>Please leave a message after the beep.</Say><Record action="/recording-complete"'
            ' maxLength="60" transcribe="true" transcribeCallback="/transcription-ready"/>',
        ),
        ("9", "<Say>Invalid option.</Say><Redirect>/welcome</Redirect>"),
    ],
)
def test_the_handler_of_document_000(digit: str, xml: str) -> None:
    assert str(answer(digit)) == f"{HEAD}<Response>{xml}</Response>"


def test_the_menu_of_document_000() -> None:
    menu = Response(
        Say("Welcome to our service.", voice="alice", language="en-US"),
        Gather(
            Say("Press 1 for sales, 2 for support, or 3 to leave a message."),
            action="/gather-result",
            method="POST",
            num_digits=1,
            timeout=10,
        ),
        Say("We didn't receive any input. Goodbye!"),
    )
    assert menu == parse("""<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say voice="alice" language="en-US">Welcome to our service.</Say>
  <Gather action="/gather-result" method="POST" numDigits="1" timeout="10">
    <Say>Press 1 for sales, 2 for support, or 3 to leave a message.</Say>
  </Gather>
  <Say>We didn't receive any input. Goodbye!</Say>
</Response>
""")


def test_the_conference_of_document_000() -> None:
    response = Response()
    response.dial().conference(
        "MyConference",
        status_callback="https://webhook.site/conference-status",
        status_callback_event=["start", "end", "join", "leave", "mute", "hold"],
        max_participants=10,
        record="record-from-start",
        trim="trim-silence",
    )
    assert str(response) == (
        f"{HEAD}<Response><Dial>"
        '<Conference statusCallback="https://webhook.site/conference-status"'
        ' statusCallbackEvent="start end join leave mute hold" maxParticipants="10"'
        ' record="record-from-start" trim="trim-silence">MyConference</Conference></Dial></Response>'
    )


# -- writing


def test_text_and_attributes_are_escaped() -> None:
    say = Say('a < b & "c" > d\r', voice='<&">\n\t')
    assert (
        str(say) == '<Say voice="&lt;&amp;&quot;&gt;&#10;&#9;">a &lt; b &amp; "c" &gt; d&#13;</Say>'
    )
    assert parse(Response(say).to_xml()) == Response(say)


def test_texts_and_elements_stand_side_by_side() -> None:
    say = Say("Your code is ")
    say.say_as("1234", interpret_as="digits")
    say.append(", ", Emphasis("not", level="strong"), " 4321.")
    assert str(say) == (
        '<Say>Your code is <say-as interpret-as="digits">1234</say-as>, '
        '<emphasis level="strong">not</emphasis> 4321.</Say>'
    )
    assert say.text == "Your code is 1234, not 4321."
    assert [one.tag for one in say.walk()] == ["Say", "say-as", "emphasis"]


def test_python_values_are_written_as_the_markup_has_them() -> None:
    conference = Conference("room", beep="onExit", muted=False, status_callback_event="join")
    assert conference.attributes == {
        "statusCallbackEvent": "join",
        "muted": "false",
        "beep": "onExit",
    }
    assert Prompt(attempt=[1, 2], for_="postal-code").attributes == {
        "for": "postal-code",
        "attempt": "1 2",
    }
    assert Sms("hi", from_="+1", to="+2").attributes == {"to": "+2", "from": "+1"}


def test_elements_are_equal_by_what_they_say() -> None:
    assert Say("a", "b", loop=1, voice="x") == Say("ab", voice="x", loop=1)
    assert Dial(Number("1")) == Dial("\n  ", Number("1"), " ")
    assert Say(Emphasis("a"), " ", Emphasis("b")) != Say(Emphasis("a"), Emphasis("b"))
    assert Redirect("/a") != Play("/a")
    assert Say("a") != "a"


def test_what_the_vocabulary_lacks_can_be_said_all_the_same() -> None:
    response = Response(Say("hi").extra("style", "whisper"), Other("Beam", attributes={"up": "1"}))
    assert str(response) == (
        f'{HEAD}<Response><Say style="whisper">hi</Say><Beam up="1"/></Response>'
    )
    with pytest.raises(MarkupError):
        parse(str(response))
    assert parse(str(response), lenient=True) == response


def test_a_document_is_sent_as_a_value_up_to_4000_characters() -> None:
    around = len(Response(Say("")).to_xml()) + len("></Say>") - len("/>")
    assert len(Response(Say("x" * (4000 - around))).inline()) == 4000
    with pytest.raises(MarkupError) as caught:
        Response(Say("x" * (4001 - around))).inline()
    assert str(caught.value) == (
        "the document has 4001 characters; the parameter Twiml of a call takes 4000"
    )


def test_a_method_tells_what_its_element_takes() -> None:
    told = inspect.signature(Response().say)
    assert list(told.parameters) == list(inspect.signature(Say).parameters)
    assert Response().say.__doc__ == Say.__doc__


def test_a_repr_shows_no_values() -> None:
    dial = Dial()
    sip = dial.sip("sip:a@b.test", password="very secret", username="me")
    assert repr(sip) == "<Sip with username, password, 1 inside>"
    assert repr(Hangup()) == "<Hangup with no attributes, 0 inside>"


# -- what is wrong

WRONG: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: Dial(Say("x")),  # type: ignore[arg-type]
        "<Say> may not stand in <Dial>, which holds <Client>, <Conference>, <Number>, <Queue>, <Sim>, <Sip>, "
        "<Application>, <WhatsApp>",
    ),
    (
        lambda: Response().append(Number("1")),  # type: ignore[arg-type]
        "<Number> may not stand in <Response>, which holds <Connect>, <Dial>, <Echo>, <Enqueue>, <Gather>, <Hangup>, "
        "<Leave>, <Pause>, <Play>, <Queue>, <Record>, <Redirect>, <Reject>, <Say>, <Sms>, <Pay>, <Prompt>, <Start>, "
        "<Stop>, <Refer>",
    ),
    (
        lambda: Play(Say("x")),  # type: ignore[arg-type]
        "<Say> may not stand in <Play>, which holds only text",
    ),
    (
        lambda: Gather("hello"),  # type: ignore[arg-type]
        "<Gather> holds no text, and 'hello' is text",
    ),
    (
        lambda: Dial(5),  # type: ignore[arg-type]
        "<Dial> holds text and elements, and no int",
    ),
    (
        lambda: Pause(length="one"),  # type: ignore[arg-type]
        "length of <Pause> is 'one', and a whole number from 0 to 86400 is wanted",
    ),
    (
        lambda: Gather(num_digits=0),
        "numDigits of <Gather> is 0, and a whole number from 1 to 1000 is wanted",
    ),
    (
        lambda: Gather(num_digits=True),
        "numDigits of <Gather> is True, and a whole number from 1 to 1000 is wanted",
    ),
    (
        lambda: Gather(timeout="soon"),  # type: ignore[arg-type]
        "timeout of <Gather> is 'soon', and a whole number from 0 to 600 or auto is wanted",
    ),
    (
        lambda: Record(trim="never"),  # type: ignore[arg-type]
        "trim of <Record> is 'never', and trim-silence or do-not-trim is wanted",
    ),
    (
        lambda: Gather(input=["dtmf", "mind"]),  # type: ignore[list-item]
        "input of <Gather> is ['dtmf', 'mind'], and some of dtmf, speech is wanted",
    ),
    (
        lambda: Gather(finish_on_key="##"),
        "finishOnKey of <Gather> is '##', and one key: 0 to 9, # or * is wanted",
    ),
    (
        lambda: Prompt(attempt=["x"]),  # type: ignore[list-item]
        "attempt of <Prompt> is ['x'], and whole numbers is wanted",
    ),
    (
        lambda: Say("x", voice=["a", "b"]),  # type: ignore[arg-type]
        "voice of <Say> is ['a', 'b'], and text is wanted",
    ),
    (
        lambda: Say("bell\x07"),
        "the text of <Say> holds U+0007 at character 5: XML cannot carry that",
    ),
    (
        lambda: Enqueue("q", workflow_sid="\ud800"),
        "workflowSid of <Enqueue> holds U+D800 at character 1: XML cannot carry that",
    ),
    (lambda: Other("no name"), "'no name' is no name for an element or an attribute"),
    (lambda: Say("x").extra("", "y"), "'' is no name for an element or an attribute"),
]


@pytest.mark.parametrize(("build", "told"), WRONG, ids=[told for _, told in WRONG])
def test_what_is_wrong_is_refused_in_a_sentence(build: Callable[[], Any], told: str) -> None:
    with pytest.raises(MarkupError) as caught:
        build()
    assert str(caught.value) == told


def test_an_argument_that_there_is_none_of() -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'digits'"):
        Gather(digits=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        Pause(3)  # type: ignore[call-arg]
    with pytest.raises(AttributeError, match="'Hangup' object has no attribute 'say'"):
        Hangup().say("no")  # type: ignore[attr-defined]


def test_an_element_inside_itself_is_refused_when_it_is_written() -> None:
    paragraph = P("again")
    paragraph.append(paragraph)
    with pytest.raises(MarkupError, match="<p> stands more than 100 elements deep"):
        str(paragraph)


# -- reading

UNREADABLE = [
    ("", "line 1, column 1: no XML: no element found"),
    ("<Response>", "line 1, column 11: no XML: no element found"),
    ("<Say/>", "line 1, column 1: the document begins with <Say>, and <Response> is wanted"),
    ("<Response>\n  <Beam/></Response>", "line 2, column 3: there is no element <Beam>"),
    (
        "<Response><Pause>\n<Say/></Pause></Response>",
        "line 2, column 1: <Say> may not stand in <Pause>, which holds nothing",
    ),
    (
        "<Response><Gather>now</Gather></Response>",
        "line 1, column 11: <Gather> holds no text, and 'now' is text",
    ),
    (
        '<Response><Gather digits="1"/></Response>',
        "line 1, column 11: <Gather> has no attribute digits",
    ),
    (
        '<Response><Pause length="x"/></Response>',
        "line 1, column 11: length of <Pause> is 'x', and a whole number from 0 to 86400 is wanted",
    ),
    (
        "<!DOCTYPE r [<!ENTITY a 'b'>]><Response>&a;</Response>",
        "line 1, column 13: document types are refused, and entities with them",
    ),
    (
        "<Response>\ud800</Response>",
        "the document holds U+D800 at character 11: XML cannot carry that",
    ),
    (
        b'<?xml version="1.0" encoding="klingon"?><Response/>',
        "the document cannot be decoded: unknown encoding: klingon",
    ),
    (" " * (1 << 20) + "<Response/>", "the document is larger than 1048576"),
]


@pytest.mark.parametrize(("xml", "told"), UNREADABLE, ids=[told for _, told in UNREADABLE])
def test_what_cannot_be_read_is_told_with_its_place(xml: str | bytes, told: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse(xml)
    assert str(caught.value) == told


def test_a_lenient_reader_keeps_everything() -> None:
    xml = (
        '<Response><Beam a="1"><Say>up</Say></Beam><Gather digits="1">now</Gather>'
        '<Pause length="x"><Say/></Pause></Response>'
    )
    kept = parse(xml, lenient=True)
    assert str(kept) == HEAD + xml
    assert isinstance(kept.content[0], Other)
    assert parse(str(kept), lenient=True) == kept


def test_bytes_are_read_in_their_own_encoding() -> None:
    xml = '<?xml version="1.0" encoding="iso-8859-1"?><Response><Say>café</Say></Response>'
    assert parse(xml.encode("latin-1")) == Response(Say("café"))


def test_depth_has_a_limit() -> None:
    with pytest.raises(MarkupError, match="<p> stands more than 100 elements deep"):
        parse("<Response><Say>" + "<p>" * 200)


# -- the vocabulary: whatever it allows


@given(trees())
@settings(max_examples=200, deadline=None)
def test_any_tree_is_written_and_read_back(tree: Response) -> None:
    xml = tree.to_xml()
    assert parse(xml) == tree
    assert parse(xml.encode()) == tree
    assert parse(xml, lenient=True) == tree
    assert parse(xml).to_xml() == xml
    assert interpreter.parse(xml).findings == ()


def test_builder_and_interpreter_know_the_same_words() -> None:
    from ringback.emulator.twiml.vocabulary import words

    assert set(CLASSES) == set(words()) == set(VOCABULARY.words)
    for name, kind in CLASSES.items():
        assert set(kind.WORD.rules) == set(words()[name].attributes), name
        assert tuple(kind.WORD.children) == tuple(words()[name].children), name
        assert kind.WORD.text == words()[name].text, name
    assert interpreter.machine.known() == set(VOCABULARY.words[VOCABULARY.root].children)


def test_every_default_is_a_right_value() -> None:
    for name, word in VOCABULARY.words.items():
        for one in word.attributes:
            if one.default is not None:
                rule = CLASSES[name].WORD.rules[one.name]
                assert rule.wants(one.default) == "", (name, one)


def test_it_needs_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import twilio_voice.twiml as t; str(t.parse('<Response/>'));"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(new - set(sys.stdlib_module_names)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['twilio_voice']\n"

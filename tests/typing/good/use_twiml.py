"""Documents of TwiML: built, put together by functions, read."""

from __future__ import annotations

from twilio_voice import AsyncClient
from twilio_voice.twiml import (
    Dial,
    Gather,
    GatherContent,
    Number,
    Other,
    Response,
    Say,
    SayContent,
    parse,
)


def prompts() -> list[GatherContent]:
    words: list[SayContent] = ["Press ", "one."]
    return [Say(*words, loop=2), Other("Beam")]


def menu(digits: int | None) -> Response:
    response = Response(Gather(*prompts(), num_digits=digits, input=["dtmf", "speech"]))
    dial: Dial = response.dial(timeout=20, record=True)
    number: Number = dial.number("+14155550199", status_callback_event="answered")
    number.extra("newAttribute", "1")
    dial.conference("room", beep="onEnter", status_callback_event=["start", "end"])
    response.say("Your code is ").say_as("1234", interpret_as="digits").append(".")
    return response.append(Say("Bye."))


async def send(client: AsyncClient) -> str:
    read: Response = parse(menu(1).to_xml(), lenient=True)
    call = await client.calls.create(to="+14155551212", from_="+14155550000", twiml=read.inline())
    return call.status if call.status else ""

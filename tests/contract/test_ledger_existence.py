"""What was made is there, once, in one place; what was deleted is gone; what was refused was never made."""

from __future__ import annotations

from typing import Any

from talking import (
    ACCOUNT,
    BASE,
    CALLEE,
    NUMBER,
    SID,
    call,
    exchange,
    listed,
    queue,
    recording,
    take,
    voice,
)

from ringback.contract.ledger import Ledger
from ringback.contract.traffic import Exchange, Intent

CALLS, CALL = f"{BASE}/Calls.json", f"{BASE}/Calls/{SID}.json"
QUEUES = f"{BASE}/Queues.json"
FORM = {"To": CALLEE, "From": NUMBER}
ERROR = {"code": 1, "message": "no", "more_info": "x", "status": 404}
RECORDING = "RE" + "2" * 32
OTHER = "AC" + "9" * 32


def created(number: int = 1, **more: Any) -> Exchange:
    return exchange(number, "POST", CALLS, 201, call(), form=FORM, **more)


def calls(number: int, *rows: Any, query: str = "", more: str | None = None) -> Exchange:
    page = listed("calls", list(rows), CALLS, more=more)
    return exchange(number, "GET", CALLS + query, 200, page)


def fresh() -> Ledger:
    return Ledger(voice())


def test_what_was_created_is_readable() -> None:
    found = take(fresh(), created(), exchange(2, "GET", CALL, 404, ERROR))
    assert found == [
        ("created-not-readable", f"Call {SID} is answered with 404 after it was created, wanted it readable")
    ]  # fmt: skip


def test_nobody_expects_what_was_asked_for_before_or_under_another_path() -> None:
    ledger = fresh()
    elsewhere = CALL.replace(ACCOUNT, OTHER)
    early = exchange(2, "GET", CALL, 404, ERROR, started=1000.05, elapsed=3)
    assert take(ledger, created(), early, exchange(3, "GET", elsewhere, 404, ERROR)) == []


def test_what_was_created_is_listed() -> None:
    found = take(fresh(), created(), calls(2, call("CA" + "2" * 32)))
    assert found == [
        ("created-not-listed", f"Call {SID} is not listed after it was created, wanted it listed")
    ]


def test_a_list_that_is_filtered_or_not_at_its_end_need_not_hold_it() -> None:
    ledger = fresh()
    other = call("CA" + "2" * 32, status="completed")
    assert take(ledger, created(), calls(2, other, query="?Status=completed")) == []
    assert take(ledger, calls(3, other, more=f"{CALLS}?Page=1&PageToken=PAx")) == []


def test_what_was_deleted_is_not_missed() -> None:
    ledger = fresh()
    gone = exchange(2, "DELETE", CALL, 204)
    assert take(ledger, created(), gone, calls(3), exchange(4, "GET", CALL, 404, ERROR)) == []


def test_what_was_deleted_is_gone_everywhere() -> None:
    gone = exchange(2, "DELETE", CALL, 204)
    wanted = ("not-deleted", f"Call {SID} is shown after it was deleted, wanted it gone")
    assert take(fresh(), created(), gone, exchange(3, "GET", CALL, 200, call())) == [wanted]
    assert take(fresh(), created(), gone, calls(3, call())) == [wanted]


def test_a_recording_is_gone_below_its_call_too() -> None:
    path = f"{BASE}/Calls/{SID}/Recordings"
    made = exchange(1, "POST", f"{path}.json", 201, recording(RECORDING), form={})
    gone = exchange(2, "DELETE", f"{BASE}/Recordings/{RECORDING}.json", 204)
    seen = exchange(3, "GET", f"{path}/{RECORDING}.json", 200, recording(RECORDING))
    wanted = f"Recording {RECORDING} is shown after it was deleted, wanted it gone"
    assert take(fresh(), made, gone, seen) == [("not-deleted", wanted)]


def test_a_deleted_recording_may_be_asked_for_with_the_deleted_ones() -> None:
    path = f"{BASE}/Recordings/{RECORDING}.json"
    deleted = exchange(1, "DELETE", path, 204)
    asked = exchange(2, "GET", f"{path}?IncludeSoftDeleted=true", 200, recording(RECORDING))
    says_so = exchange(3, "GET", path, 200, recording(RECORDING, status="deleted"))
    assert take(fresh(), deleted, asked, says_so) == []


def test_an_acceptance_is_no_deletion() -> None:
    accepted = exchange(2, "DELETE", CALL, 202)
    assert take(fresh(), created(), accepted, exchange(3, "GET", CALL, 200, call())) == []


def test_what_lives_in_one_account_is_not_shown_in_another() -> None:
    elsewhere = exchange(2, "GET", CALL.replace(ACCOUNT, OTHER), 200, call())
    found = take(fresh(), created(), elsewhere)
    assert found == [
        ("visible-elsewhere", f"Call {SID} is shown under AccountSid {OTHER}, wanted it under {ACCOUNT} only")
    ]  # fmt: skip


def test_two_creations_have_two_identifiers() -> None:
    found = take(fresh(), created(), created(2))
    assert found == [
        ("duplicate-identifier",
         f"Call {SID} was given to two creations, wanted an identifier of its own for each")
    ]  # fmt: skip


def test_a_refused_creation_leaves_nothing() -> None:
    refused = exchange(
        2, "POST", QUEUES, 400, ERROR, form={"FriendlyName": "unheard of", "MaxSize": 1}
    )
    after = listed("queues", [queue(friendly_name="unheard of")], QUEUES)
    before = exchange(1, "GET", QUEUES, 200, listed("queues", [], QUEUES))
    found = take(fresh(), before, refused, exchange(3, "GET", QUEUES, 200, after))
    sid = "QU" + "1" * 32
    assert found == [
        ("refused-but-created",
         f"Queue {sid} is listed after its creation was refused with 400, wanted nothing left behind")
    ]  # fmt: skip


def test_what_comes_by_itself_or_from_another_write_is_not_the_refused_one() -> None:
    before = exchange(1, "GET", QUEUES, 200, listed("queues", [], QUEUES))
    refused = exchange(2, "POST", QUEUES, 400, ERROR, form={"FriendlyName": "support"})
    dialled = exchange(3, "POST", CALLS, 201, call(), form={**FORM, "Twiml": "<Enqueue>support"})
    after = exchange(4, "GET", QUEUES, 200, listed("queues", [queue()], QUEUES))
    assert take(fresh(), before, refused, dialled, after) == []
    # Once is chance where the name was told to somebody before; twice, right between two looks, is not.
    ledger = fresh()
    take(
        ledger, exchange(1, "POST", CALLS, 201, call(), form={**FORM, "Twiml": "<Enqueue>support"})
    )
    numbers = iter(range(2, 20))
    found: list[Any] = []
    for sid in ("QU" + "1" * 32, "QU" + "2" * 32):
        found += take(
            ledger,
            exchange(next(numbers), "GET", QUEUES, 200, listed("queues", [], QUEUES)),
            exchange(next(numbers), "POST", QUEUES, 400, ERROR, form={"FriendlyName": "support"}),
            exchange(next(numbers), "GET", QUEUES, 200, listed("queues", [queue(sid)], QUEUES)),
        )
    assert [code for code, _ in found] == ["refused-but-created"]


def test_with_several_workers_a_later_answer_can_explain_an_earlier_one() -> None:
    missing = exchange(2, "GET", CALL, 404, ERROR, started=1010, elapsed=1)
    deleted = exchange(3, "DELETE", CALL, 204, started=1010.5, elapsed=2)
    ledger = Ledger(voice(), concurrent=True)
    assert take(ledger, created(), missing, deleted) == []
    assert ledger.finish() == ()
    ledger = Ledger(voice(), concurrent=True)
    assert take(ledger, created(), missing) == []
    assert [one.code for one in ledger.finish()] == ["created-not-readable"]


ROOM = "CF" + "3" * 32
GUESTS = f"{BASE}/Conferences/{ROOM}/Participants"


def guest(status: str = "queued") -> dict[str, Any]:
    return {
        "call_sid": SID, "conference_sid": ROOM, "account_sid": ACCOUNT, "muted": False,
        "hold": False, "coaching": False, "status": status, "start_conference_on_enter": True,
        "end_conference_on_exit": False, "date_created": None, "date_updated": None, "uri": "/x",
        "label": None, "call_sid_to_coach": None,
    }  # fmt: skip


def test_what_lives_by_anothers_grace_goes_with_it() -> None:
    made = exchange(1, "POST", f"{GUESTS}.json", 201, guest(), form=FORM)
    missing = exchange(3, "GET", f"{GUESTS}/{SID}.json", 404, ERROR)
    assert take(fresh(), made, missing) == []  # it may have gone
    again = exchange(4, "GET", f"{GUESTS}/{SID}.json", 200, guest())
    assert [code for code, _ in take(fresh(), made, missing, again)] == ["created-not-readable"]
    hung_up = exchange(2, "POST", CALL, 200, call(status="completed"), form={"Status": "completed"})
    assert take(fresh(), made, missing, hung_up, again) == []
    ended = exchange(
        2,
        "POST",
        f"{BASE}/Conferences/{ROOM}.json",
        200,
        {"sid": ROOM},
        form={"Status": "completed"},
    )
    assert take(fresh(), made, ended, missing) == []


def test_who_is_still_being_dialled_need_not_be_listed() -> None:
    made = exchange(1, "POST", f"{GUESTS}.json", 201, guest(), form=FORM)
    empty = exchange(4, "GET", f"{GUESTS}.json", 200, listed("participants", [], GUESTS))
    assert take(fresh(), made, empty) == []
    there = exchange(2, "GET", f"{GUESTS}/{SID}.json", 200, guest("connected"))
    assert take(fresh(), made, there, empty) == []  # it may have gone
    still = exchange(6, "GET", f"{GUESTS}/{SID}.json", 200, guest("connected"))
    assert take(fresh(), made, there, empty, still) == []  # perhaps such are never listed
    other = {**guest("connected"), "call_sid": "CA" + "8" * 32}
    rows = exchange(3, "GET", f"{GUESTS}.json", 200, listed("participants", [other], GUESTS))
    found = take(fresh(), made, there, rows, empty, still)
    assert [code for code, _ in found] == ["created-not-listed"]


def test_what_is_listed_before_and_after_can_be_read() -> None:
    rows = listed("calls", [call(status="in-progress")], CALLS)
    before = exchange(1, "GET", CALLS, 200, rows)
    missing = exchange(2, "GET", CALL, 404, ERROR)
    after = exchange(3, "GET", CALLS, 200, rows)
    assert [code for code, _ in take(fresh(), before, missing, after)] == ["created-not-readable"]
    over = exchange(3, "GET", CALLS, 200, listed("calls", [call(status="completed")], CALLS))
    assert take(fresh(), before, missing) == [] == take(fresh(), before, missing, over)


def test_what_was_refused_did_not_happen() -> None:
    path = f"{BASE}/Queues/{queue()['sid']}.json"
    south, north = queue(friendly_name="south"), queue(friendly_name="north")
    before = exchange(1, "GET", path, 200, south)
    refused = exchange(2, "POST", path, 400, ERROR, form={"FriendlyName": "north"})
    done = exchange(3, "GET", path, 200, north)
    assert [code for code, _ in take(fresh(), before, refused, done)] == ["refused-but-done"]
    assert take(fresh(), before, refused, exchange(3, "GET", path, 200, south)) == []
    other = exchange(3, "POST", path, 200, north, form={"FriendlyName": "north"})
    assert take(fresh(), before, refused, other, exchange(4, "GET", path, 200, north)) == []


def test_what_is_there_is_found_by_who_changes_it() -> None:
    path = f"{BASE}/Queues/{queue()['sid']}.json"

    def once(number: int, status: int = 404) -> list[Exchange]:
        answer = queue() if status == 200 else ERROR
        return [
            exchange(number, "GET", path, 200, queue()),
            exchange(
                number + 1, "POST", path, status, answer,
                form={"FriendlyName": "south"}, intent=Intent.VALID,
            ),
        ]  # fmt: skip

    ledger = fresh()
    assert (
        take(ledger, *once(1), *once(3)) == [] == list(ledger.finish())
    )  # once or twice it may end
    assert take(ledger, *once(5)) == []
    assert list(ledger.finish(whole=False)) == []  # it may be accepted yet
    assert [one.code for one in ledger.finish()] == ["never-accepted"]
    assert take(ledger, *once(7, 200), *once(9), *once(11), *once(13)) == []
    assert list(ledger.finish()) == []


def test_what_is_gone_after_a_refused_deletion_is_a_fault_the_second_time() -> None:
    def once(number: int, sid: str) -> list[Exchange]:
        path = f"{BASE}/Recordings/{sid}.json"
        return [
            exchange(number, "GET", path, 200, recording(sid)),
            exchange(number + 1, "DELETE", path, 409, ERROR),
            exchange(number + 2, "GET", path, 404, ERROR),
        ]

    first, second = once(1, RECORDING), once(4, RECORDING[:-1] + "e")
    assert take(fresh(), *first) == []
    assert [code for code, _ in take(fresh(), *first, *second)] == ["refused-but-done"]


def test_what_is_below_a_deleted_thing_is_not_missed() -> None:
    path = f"{BASE}/Calls/{SID}/Recordings.json"
    made = exchange(1, "POST", path, 201, recording(RECORDING), form={})
    gone = exchange(2, "DELETE", CALL, 204)
    missing = exchange(3, "GET", f"{BASE}/Recordings/{RECORDING}.json", 404, ERROR)
    assert [code for code, _ in take(fresh(), made, missing)] == ["created-not-readable"]
    assert take(fresh(), made, gone, missing) == []


def test_a_finding_names_its_witnesses() -> None:
    ledger = fresh()
    ledger.take(created(4))
    (found,) = ledger.take(exchange(9, "GET", CALL, 404, ERROR))
    assert found.evidence == (4, 9)
    assert found.place is not None and found.place.line > 0
    assert ledger.identifiers() == {"Call": (SID,)}

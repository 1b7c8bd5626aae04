"""The server side of Twilio Voice API: a Protocol per group, typed inputs, typed answers, an
ASGI application.

A handler returns one of the answers that its operation documents; a type checker refuses any
other. What is not documented leaves only by raising `RawAnswer`, an error by raising `Fault`.
"""

from __future__ import annotations

import datetime as _dt
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Protocol, TypeAlias

import msgspec
from msgspec import Meta, Struct, field

from . import operations as _ops
from ._runtime.asgi import (
    Application,
    Authenticate,
    Fault,
    HttpRequest,
    RawAnswer,
    Refuse,
    RenderFault,
    Route,
)
from ._runtime.values import UNSET, Unset
from .models import (
    AccountSid,
    ApiError,
    Call,
    CallList,
    CallSid,
    CallStatus,
    Conference,
    ConferenceList,
    ConferenceSid,
    ConferenceStatus,
    CreateCallRecordingRequest,
    CreateCallRequest,
    CreateParticipantRequest,
    CreateQueueRequest,
    Participant,
    ParticipantList,
    Queue,
    QueueList,
    QueueMember,
    QueueMemberList,
    QueueSid,
    Recording,
    RecordingList,
    RecordingSid,
    UpdateCallRecordingRequest,
    UpdateCallRequest,
    UpdateConferenceRecordingRequest,
    UpdateConferenceRequest,
    UpdateParticipantRequest,
    UpdateQueueMemberRequest,
    UpdateQueueRequest,
)


class ListCallsInput(Struct, frozen=True, kw_only=True):
    """What arrives for `listCalls`."""

    account_sid: AccountSid
    to: str | Unset = UNSET
    from_: str | Unset = UNSET
    status: CallStatus | Unset = UNSET
    start_time: _dt.date | _dt.datetime | Unset = UNSET
    end_time: _dt.date | _dt.datetime | Unset = UNSET
    start_time_before: _dt.date | _dt.datetime | Unset = UNSET
    start_time_after: _dt.date | _dt.datetime | Unset = UNSET
    end_time_before: _dt.date | _dt.datetime | Unset = UNSET
    end_time_after: _dt.date | _dt.datetime | Unset = UNSET
    parent_call_sid: CallSid | Unset = UNSET
    page_size: Annotated[int, Meta(ge=1)] | Unset = UNSET
    page: Annotated[int, Meta(ge=0)] | Unset = UNSET
    page_token: str | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class ListCalls200(Struct, frozen=True):
    """One page of calls."""

    body: CallList
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class ListCalls400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class ListCalls401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class ListCalls403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class ListCalls404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class ListCalls429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


ListCallsAnswer: TypeAlias = (
    ListCalls200 | ListCalls400 | ListCalls401 | ListCalls403 | ListCalls404 | ListCalls429
)


class CreateCallInput(Struct, frozen=True, kw_only=True):
    """What arrives for `createCall`."""

    account_sid: AccountSid
    body: CreateCallRequest
    identity: Any = None
    request: HttpRequest


class CreateCall201(Struct, frozen=True):
    """The call is queued."""

    body: Call
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[201]] = 201


class CreateCall400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class CreateCall401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class CreateCall403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class CreateCall404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class CreateCall429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


CreateCallAnswer: TypeAlias = (
    CreateCall201 | CreateCall400 | CreateCall401 | CreateCall403 | CreateCall404 | CreateCall429
)


class FetchCallInput(Struct, frozen=True, kw_only=True):
    """What arrives for `fetchCall`."""

    account_sid: AccountSid
    call_sid: CallSid
    identity: Any = None
    request: HttpRequest


class FetchCall200(Struct, frozen=True):
    """The call."""

    body: Call
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class FetchCall400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class FetchCall401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class FetchCall403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class FetchCall404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class FetchCall429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


FetchCallAnswer: TypeAlias = (
    FetchCall200 | FetchCall400 | FetchCall401 | FetchCall403 | FetchCall404 | FetchCall429
)


class UpdateCallInput(Struct, frozen=True, kw_only=True):
    """What arrives for `updateCall`."""

    account_sid: AccountSid
    call_sid: CallSid
    body: UpdateCallRequest
    identity: Any = None
    request: HttpRequest


class UpdateCall200(Struct, frozen=True):
    """The call after the change."""

    body: Call
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class UpdateCall400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class UpdateCall401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class UpdateCall403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class UpdateCall404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class UpdateCall429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


UpdateCallAnswer: TypeAlias = (
    UpdateCall200 | UpdateCall400 | UpdateCall401 | UpdateCall403 | UpdateCall404 | UpdateCall429
)


class DeleteCallInput(Struct, frozen=True, kw_only=True):
    """What arrives for `deleteCall`."""

    account_sid: AccountSid
    call_sid: CallSid
    identity: Any = None
    request: HttpRequest


class DeleteCall204(Struct, frozen=True):
    """The record is deleted."""

    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[204]] = 204


class DeleteCall400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class DeleteCall401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class DeleteCall403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class DeleteCall404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class DeleteCall409(Struct, frozen=True):
    """The resource is not in a state in which this can be done."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[409]] = 409


class DeleteCall429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


DeleteCallAnswer: TypeAlias = (
    DeleteCall204
    | DeleteCall400
    | DeleteCall401
    | DeleteCall403
    | DeleteCall404
    | DeleteCall409
    | DeleteCall429
)


class ListCallRecordingsInput(Struct, frozen=True, kw_only=True):
    """What arrives for `listCallRecordings`."""

    account_sid: AccountSid
    call_sid: CallSid
    date_created: _dt.date | Unset = UNSET
    date_created_before: _dt.date | Unset = UNSET
    date_created_after: _dt.date | Unset = UNSET
    page_size: Annotated[int, Meta(ge=1)] | Unset = UNSET
    page: Annotated[int, Meta(ge=0)] | Unset = UNSET
    page_token: str | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class ListCallRecordings200(Struct, frozen=True):
    """One page of recordings."""

    body: RecordingList
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class ListCallRecordings400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class ListCallRecordings401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class ListCallRecordings403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class ListCallRecordings404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class ListCallRecordings429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


ListCallRecordingsAnswer: TypeAlias = (
    ListCallRecordings200
    | ListCallRecordings400
    | ListCallRecordings401
    | ListCallRecordings403
    | ListCallRecordings404
    | ListCallRecordings429
)


class CreateCallRecordingInput(Struct, frozen=True, kw_only=True):
    """What arrives for `createCallRecording`."""

    account_sid: AccountSid
    call_sid: CallSid
    body: CreateCallRecordingRequest
    identity: Any = None
    request: HttpRequest


class CreateCallRecording201(Struct, frozen=True):
    """The recording has started."""

    body: Recording
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[201]] = 201


class CreateCallRecording200(Struct, frozen=True):
    """The recording has started."""

    body: Recording
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class CreateCallRecording400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class CreateCallRecording401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class CreateCallRecording403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class CreateCallRecording404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class CreateCallRecording429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


CreateCallRecordingAnswer: TypeAlias = (
    CreateCallRecording201
    | CreateCallRecording200
    | CreateCallRecording400
    | CreateCallRecording401
    | CreateCallRecording403
    | CreateCallRecording404
    | CreateCallRecording429
)


class ListRecordingsInput(Struct, frozen=True, kw_only=True):
    """What arrives for `listRecordings`."""

    account_sid: AccountSid
    date_created: _dt.date | _dt.datetime | Unset = UNSET
    call_sid: CallSid | Unset = UNSET
    date_created_before: _dt.date | _dt.datetime | Unset = UNSET
    date_created_after: _dt.date | _dt.datetime | Unset = UNSET
    conference_sid: ConferenceSid | Unset = UNSET
    include_soft_deleted: bool | Unset = UNSET
    page_size: Annotated[int, Meta(ge=1)] | Unset = UNSET
    page: Annotated[int, Meta(ge=0)] | Unset = UNSET
    page_token: str | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class ListRecordings200(Struct, frozen=True):
    """One page of recordings."""

    body: RecordingList
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class ListRecordings400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class ListRecordings401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class ListRecordings403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class ListRecordings404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class ListRecordings429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


ListRecordingsAnswer: TypeAlias = (
    ListRecordings200
    | ListRecordings400
    | ListRecordings401
    | ListRecordings403
    | ListRecordings404
    | ListRecordings429
)


class FetchRecordingInput(Struct, frozen=True, kw_only=True):
    """What arrives for `fetchRecording`."""

    account_sid: AccountSid
    recording_sid: RecordingSid
    include_soft_deleted: bool | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class FetchRecording200(Struct, frozen=True):
    """The recording."""

    body: Recording
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class FetchRecording400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class FetchRecording401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class FetchRecording403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class FetchRecording404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class FetchRecording429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


FetchRecordingAnswer: TypeAlias = (
    FetchRecording200
    | FetchRecording400
    | FetchRecording401
    | FetchRecording403
    | FetchRecording404
    | FetchRecording429
)


class DeleteRecordingInput(Struct, frozen=True, kw_only=True):
    """What arrives for `deleteRecording`."""

    account_sid: AccountSid
    recording_sid: RecordingSid
    identity: Any = None
    request: HttpRequest


class DeleteRecording204(Struct, frozen=True):
    """The recording is deleted."""

    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[204]] = 204


class DeleteRecording400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class DeleteRecording401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class DeleteRecording403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class DeleteRecording404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class DeleteRecording409(Struct, frozen=True):
    """The resource is not in a state in which this can be done."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[409]] = 409


class DeleteRecording429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


DeleteRecordingAnswer: TypeAlias = (
    DeleteRecording204
    | DeleteRecording400
    | DeleteRecording401
    | DeleteRecording403
    | DeleteRecording404
    | DeleteRecording409
    | DeleteRecording429
)


class ListConferenceRecordingsInput(Struct, frozen=True, kw_only=True):
    """What arrives for `listConferenceRecordings`."""

    account_sid: AccountSid
    conference_sid: ConferenceSid
    date_created: _dt.date | Unset = UNSET
    date_created_before: _dt.date | Unset = UNSET
    date_created_after: _dt.date | Unset = UNSET
    page_size: Annotated[int, Meta(ge=1)] | Unset = UNSET
    page: Annotated[int, Meta(ge=0)] | Unset = UNSET
    page_token: str | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class ListConferenceRecordings200(Struct, frozen=True):
    """One page of recordings."""

    body: RecordingList
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class ListConferenceRecordings400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class ListConferenceRecordings401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class ListConferenceRecordings403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class ListConferenceRecordings404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class ListConferenceRecordings429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


ListConferenceRecordingsAnswer: TypeAlias = (
    ListConferenceRecordings200
    | ListConferenceRecordings400
    | ListConferenceRecordings401
    | ListConferenceRecordings403
    | ListConferenceRecordings404
    | ListConferenceRecordings429
)


class FetchConferenceRecordingInput(Struct, frozen=True, kw_only=True):
    """What arrives for `fetchConferenceRecording`."""

    account_sid: AccountSid
    conference_sid: ConferenceSid
    recording_sid: RecordingSid
    identity: Any = None
    request: HttpRequest


class FetchConferenceRecording200(Struct, frozen=True):
    """The recording."""

    body: Recording
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class FetchConferenceRecording400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class FetchConferenceRecording401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class FetchConferenceRecording403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class FetchConferenceRecording404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class FetchConferenceRecording429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


FetchConferenceRecordingAnswer: TypeAlias = (
    FetchConferenceRecording200
    | FetchConferenceRecording400
    | FetchConferenceRecording401
    | FetchConferenceRecording403
    | FetchConferenceRecording404
    | FetchConferenceRecording429
)


class UpdateConferenceRecordingInput(Struct, frozen=True, kw_only=True):
    """What arrives for `updateConferenceRecording`."""

    account_sid: AccountSid
    conference_sid: ConferenceSid
    recording_sid: RecordingSid | Literal["Twilio.CURRENT"]
    body: UpdateConferenceRecordingRequest
    identity: Any = None
    request: HttpRequest


class UpdateConferenceRecording200(Struct, frozen=True):
    """The recording after the change."""

    body: Recording
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class UpdateConferenceRecording400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class UpdateConferenceRecording401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class UpdateConferenceRecording403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class UpdateConferenceRecording404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class UpdateConferenceRecording429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


UpdateConferenceRecordingAnswer: TypeAlias = (
    UpdateConferenceRecording200
    | UpdateConferenceRecording400
    | UpdateConferenceRecording401
    | UpdateConferenceRecording403
    | UpdateConferenceRecording404
    | UpdateConferenceRecording429
)


class DeleteConferenceRecordingInput(Struct, frozen=True, kw_only=True):
    """What arrives for `deleteConferenceRecording`."""

    account_sid: AccountSid
    conference_sid: ConferenceSid
    recording_sid: RecordingSid
    identity: Any = None
    request: HttpRequest


class DeleteConferenceRecording204(Struct, frozen=True):
    """The recording is deleted."""

    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[204]] = 204


class DeleteConferenceRecording400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class DeleteConferenceRecording401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class DeleteConferenceRecording403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class DeleteConferenceRecording404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class DeleteConferenceRecording409(Struct, frozen=True):
    """The resource is not in a state in which this can be done."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[409]] = 409


class DeleteConferenceRecording429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


DeleteConferenceRecordingAnswer: TypeAlias = (
    DeleteConferenceRecording204
    | DeleteConferenceRecording400
    | DeleteConferenceRecording401
    | DeleteConferenceRecording403
    | DeleteConferenceRecording404
    | DeleteConferenceRecording409
    | DeleteConferenceRecording429
)


class FetchCallRecordingInput(Struct, frozen=True, kw_only=True):
    """What arrives for `fetchCallRecording`."""

    account_sid: AccountSid
    call_sid: CallSid
    recording_sid: RecordingSid
    identity: Any = None
    request: HttpRequest


class FetchCallRecording200(Struct, frozen=True):
    """The recording."""

    body: Recording
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class FetchCallRecording400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class FetchCallRecording401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class FetchCallRecording403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class FetchCallRecording404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class FetchCallRecording429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


FetchCallRecordingAnswer: TypeAlias = (
    FetchCallRecording200
    | FetchCallRecording400
    | FetchCallRecording401
    | FetchCallRecording403
    | FetchCallRecording404
    | FetchCallRecording429
)


class UpdateCallRecordingInput(Struct, frozen=True, kw_only=True):
    """What arrives for `updateCallRecording`."""

    account_sid: AccountSid
    call_sid: CallSid
    recording_sid: RecordingSid | Literal["Twilio.CURRENT"]
    body: UpdateCallRecordingRequest
    identity: Any = None
    request: HttpRequest


class UpdateCallRecording200(Struct, frozen=True):
    """The recording after the change."""

    body: Recording
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class UpdateCallRecording400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class UpdateCallRecording401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class UpdateCallRecording403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class UpdateCallRecording404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class UpdateCallRecording408(Struct, frozen=True):
    """The request was not carried out in time."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[408]] = 408


class UpdateCallRecording429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


UpdateCallRecordingAnswer: TypeAlias = (
    UpdateCallRecording200
    | UpdateCallRecording400
    | UpdateCallRecording401
    | UpdateCallRecording403
    | UpdateCallRecording404
    | UpdateCallRecording408
    | UpdateCallRecording429
)


class DeleteCallRecordingInput(Struct, frozen=True, kw_only=True):
    """What arrives for `deleteCallRecording`."""

    account_sid: AccountSid
    call_sid: CallSid
    recording_sid: RecordingSid
    identity: Any = None
    request: HttpRequest


class DeleteCallRecording204(Struct, frozen=True):
    """The recording is deleted."""

    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[204]] = 204


class DeleteCallRecording400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class DeleteCallRecording401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class DeleteCallRecording403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class DeleteCallRecording404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class DeleteCallRecording409(Struct, frozen=True):
    """The resource is not in a state in which this can be done."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[409]] = 409


class DeleteCallRecording429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


DeleteCallRecordingAnswer: TypeAlias = (
    DeleteCallRecording204
    | DeleteCallRecording400
    | DeleteCallRecording401
    | DeleteCallRecording403
    | DeleteCallRecording404
    | DeleteCallRecording409
    | DeleteCallRecording429
)


class FetchRecordingWavInput(Struct, frozen=True, kw_only=True):
    """What arrives for `fetchRecordingWav`."""

    account_sid: AccountSid
    recording_sid: RecordingSid
    requested_channels: Annotated[int, Meta(ge=1, le=2)] | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class FetchRecordingWav200(Struct, frozen=True):
    """The audio, as WAV."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class FetchRecordingWav400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class FetchRecordingWav401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class FetchRecordingWav403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class FetchRecordingWav404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class FetchRecordingWav429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


FetchRecordingWavAnswer: TypeAlias = (
    FetchRecordingWav200
    | FetchRecordingWav400
    | FetchRecordingWav401
    | FetchRecordingWav403
    | FetchRecordingWav404
    | FetchRecordingWav429
)


class FetchRecordingMp3Input(Struct, frozen=True, kw_only=True):
    """What arrives for `fetchRecordingMp3`."""

    account_sid: AccountSid
    recording_sid: RecordingSid
    requested_channels: Annotated[int, Meta(ge=1, le=2)] | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class FetchRecordingMp3200(Struct, frozen=True):
    """The audio, as MP3."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class FetchRecordingMp3400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class FetchRecordingMp3401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class FetchRecordingMp3403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class FetchRecordingMp3404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class FetchRecordingMp3429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


FetchRecordingMp3Answer: TypeAlias = (
    FetchRecordingMp3200
    | FetchRecordingMp3400
    | FetchRecordingMp3401
    | FetchRecordingMp3403
    | FetchRecordingMp3404
    | FetchRecordingMp3429
)


class ListConferencesInput(Struct, frozen=True, kw_only=True):
    """What arrives for `listConferences`."""

    account_sid: AccountSid
    status: ConferenceStatus | Unset = UNSET
    friendly_name: str | Unset = UNSET
    date_created: _dt.date | Unset = UNSET
    date_created_before: _dt.date | Unset = UNSET
    date_created_after: _dt.date | Unset = UNSET
    date_updated: _dt.date | Unset = UNSET
    date_updated_before: _dt.date | Unset = UNSET
    date_updated_after: _dt.date | Unset = UNSET
    page_size: Annotated[int, Meta(ge=1)] | Unset = UNSET
    page: Annotated[int, Meta(ge=0)] | Unset = UNSET
    page_token: str | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class ListConferences200(Struct, frozen=True):
    """One page of conferences."""

    body: ConferenceList
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class ListConferences400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class ListConferences401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class ListConferences403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class ListConferences404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class ListConferences429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


ListConferencesAnswer: TypeAlias = (
    ListConferences200
    | ListConferences400
    | ListConferences401
    | ListConferences403
    | ListConferences404
    | ListConferences429
)


class FetchConferenceInput(Struct, frozen=True, kw_only=True):
    """What arrives for `fetchConference`."""

    account_sid: AccountSid
    conference_sid: ConferenceSid
    identity: Any = None
    request: HttpRequest


class FetchConference200(Struct, frozen=True):
    """The conference."""

    body: Conference
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class FetchConference400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class FetchConference401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class FetchConference403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class FetchConference404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class FetchConference429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


FetchConferenceAnswer: TypeAlias = (
    FetchConference200
    | FetchConference400
    | FetchConference401
    | FetchConference403
    | FetchConference404
    | FetchConference429
)


class UpdateConferenceInput(Struct, frozen=True, kw_only=True):
    """What arrives for `updateConference`."""

    account_sid: AccountSid
    conference_sid: Annotated[str, Meta(min_length=1, max_length=128)]
    body: UpdateConferenceRequest
    identity: Any = None
    request: HttpRequest


class UpdateConference200(Struct, frozen=True):
    """The conference after the change."""

    body: Conference
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class UpdateConference400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class UpdateConference401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class UpdateConference403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class UpdateConference404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class UpdateConference429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


UpdateConferenceAnswer: TypeAlias = (
    UpdateConference200
    | UpdateConference400
    | UpdateConference401
    | UpdateConference403
    | UpdateConference404
    | UpdateConference429
)


class ListParticipantsInput(Struct, frozen=True, kw_only=True):
    """What arrives for `listParticipants`."""

    account_sid: AccountSid
    conference_sid: ConferenceSid
    muted: bool | Unset = UNSET
    hold: bool | Unset = UNSET
    coaching: bool | Unset = UNSET
    page_size: Annotated[int, Meta(ge=1)] | Unset = UNSET
    page: Annotated[int, Meta(ge=0)] | Unset = UNSET
    page_token: str | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class ListParticipants200(Struct, frozen=True):
    """One page of participants."""

    body: ParticipantList
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class ListParticipants400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class ListParticipants401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class ListParticipants403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class ListParticipants404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class ListParticipants429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


ListParticipantsAnswer: TypeAlias = (
    ListParticipants200
    | ListParticipants400
    | ListParticipants401
    | ListParticipants403
    | ListParticipants404
    | ListParticipants429
)


class CreateParticipantInput(Struct, frozen=True, kw_only=True):
    """What arrives for `createParticipant`."""

    account_sid: AccountSid
    conference_sid: Annotated[str, Meta(min_length=1, max_length=128)]
    body: CreateParticipantRequest
    identity: Any = None
    request: HttpRequest


class CreateParticipant201(Struct, frozen=True):
    """The participant is being dialled."""

    body: Participant
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[201]] = 201


class CreateParticipant400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class CreateParticipant401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class CreateParticipant403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class CreateParticipant404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class CreateParticipant429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


CreateParticipantAnswer: TypeAlias = (
    CreateParticipant201
    | CreateParticipant400
    | CreateParticipant401
    | CreateParticipant403
    | CreateParticipant404
    | CreateParticipant429
)


class FetchParticipantInput(Struct, frozen=True, kw_only=True):
    """What arrives for `fetchParticipant`."""

    account_sid: AccountSid
    conference_sid: ConferenceSid
    call_sid: Annotated[str, Meta(min_length=1, max_length=128)]
    identity: Any = None
    request: HttpRequest


class FetchParticipant200(Struct, frozen=True):
    """The participant."""

    body: Participant
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class FetchParticipant400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class FetchParticipant401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class FetchParticipant403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class FetchParticipant404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class FetchParticipant429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


FetchParticipantAnswer: TypeAlias = (
    FetchParticipant200
    | FetchParticipant400
    | FetchParticipant401
    | FetchParticipant403
    | FetchParticipant404
    | FetchParticipant429
)


class UpdateParticipantInput(Struct, frozen=True, kw_only=True):
    """What arrives for `updateParticipant`."""

    account_sid: AccountSid
    conference_sid: ConferenceSid
    call_sid: Annotated[str, Meta(min_length=1, max_length=128)]
    body: UpdateParticipantRequest
    identity: Any = None
    request: HttpRequest


class UpdateParticipant200(Struct, frozen=True):
    """The participant after the change."""

    body: Participant
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class UpdateParticipant400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class UpdateParticipant401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class UpdateParticipant403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class UpdateParticipant404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class UpdateParticipant429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


UpdateParticipantAnswer: TypeAlias = (
    UpdateParticipant200
    | UpdateParticipant400
    | UpdateParticipant401
    | UpdateParticipant403
    | UpdateParticipant404
    | UpdateParticipant429
)


class DeleteParticipantInput(Struct, frozen=True, kw_only=True):
    """What arrives for `deleteParticipant`."""

    account_sid: AccountSid
    conference_sid: ConferenceSid
    call_sid: Annotated[str, Meta(min_length=1, max_length=128)]
    identity: Any = None
    request: HttpRequest


class DeleteParticipant204(Struct, frozen=True):
    """The participant is removed."""

    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[204]] = 204


class DeleteParticipant400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class DeleteParticipant401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class DeleteParticipant403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class DeleteParticipant404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class DeleteParticipant429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


DeleteParticipantAnswer: TypeAlias = (
    DeleteParticipant204
    | DeleteParticipant400
    | DeleteParticipant401
    | DeleteParticipant403
    | DeleteParticipant404
    | DeleteParticipant429
)


class ListQueuesInput(Struct, frozen=True, kw_only=True):
    """What arrives for `listQueues`."""

    account_sid: AccountSid
    page_size: Annotated[int, Meta(ge=1)] | Unset = UNSET
    page: Annotated[int, Meta(ge=0)] | Unset = UNSET
    page_token: str | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class ListQueues200(Struct, frozen=True):
    """One page of queues."""

    body: QueueList
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class ListQueues400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class ListQueues401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class ListQueues403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class ListQueues404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class ListQueues429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


ListQueuesAnswer: TypeAlias = (
    ListQueues200 | ListQueues400 | ListQueues401 | ListQueues403 | ListQueues404 | ListQueues429
)


class CreateQueueInput(Struct, frozen=True, kw_only=True):
    """What arrives for `createQueue`."""

    account_sid: AccountSid
    body: CreateQueueRequest
    identity: Any = None
    request: HttpRequest


class CreateQueue201(Struct, frozen=True):
    """The queue is created."""

    body: Queue
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[201]] = 201


class CreateQueue400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class CreateQueue401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class CreateQueue403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class CreateQueue404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class CreateQueue429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


CreateQueueAnswer: TypeAlias = (
    CreateQueue201
    | CreateQueue400
    | CreateQueue401
    | CreateQueue403
    | CreateQueue404
    | CreateQueue429
)


class FetchQueueInput(Struct, frozen=True, kw_only=True):
    """What arrives for `fetchQueue`."""

    account_sid: AccountSid
    queue_sid: QueueSid
    identity: Any = None
    request: HttpRequest


class FetchQueue200(Struct, frozen=True):
    """The queue."""

    body: Queue
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class FetchQueue400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class FetchQueue401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class FetchQueue403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class FetchQueue404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class FetchQueue429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


FetchQueueAnswer: TypeAlias = (
    FetchQueue200 | FetchQueue400 | FetchQueue401 | FetchQueue403 | FetchQueue404 | FetchQueue429
)


class UpdateQueueInput(Struct, frozen=True, kw_only=True):
    """What arrives for `updateQueue`."""

    account_sid: AccountSid
    queue_sid: QueueSid
    body: UpdateQueueRequest
    identity: Any = None
    request: HttpRequest


class UpdateQueue200(Struct, frozen=True):
    """The queue after the change."""

    body: Queue
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class UpdateQueue400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class UpdateQueue401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class UpdateQueue403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class UpdateQueue404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class UpdateQueue429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


UpdateQueueAnswer: TypeAlias = (
    UpdateQueue200
    | UpdateQueue400
    | UpdateQueue401
    | UpdateQueue403
    | UpdateQueue404
    | UpdateQueue429
)


class DeleteQueueInput(Struct, frozen=True, kw_only=True):
    """What arrives for `deleteQueue`."""

    account_sid: AccountSid
    queue_sid: QueueSid
    identity: Any = None
    request: HttpRequest


class DeleteQueue204(Struct, frozen=True):
    """The queue is deleted."""

    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[204]] = 204


class DeleteQueue400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class DeleteQueue401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class DeleteQueue403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class DeleteQueue404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class DeleteQueue429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


DeleteQueueAnswer: TypeAlias = (
    DeleteQueue204
    | DeleteQueue400
    | DeleteQueue401
    | DeleteQueue403
    | DeleteQueue404
    | DeleteQueue429
)


class ListQueueMembersInput(Struct, frozen=True, kw_only=True):
    """What arrives for `listQueueMembers`."""

    account_sid: AccountSid
    queue_sid: QueueSid
    page_size: Annotated[int, Meta(ge=1)] | Unset = UNSET
    page: Annotated[int, Meta(ge=0)] | Unset = UNSET
    page_token: str | Unset = UNSET
    identity: Any = None
    request: HttpRequest


class ListQueueMembers200(Struct, frozen=True):
    """One page of members."""

    body: QueueMemberList
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class ListQueueMembers400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class ListQueueMembers401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class ListQueueMembers403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class ListQueueMembers404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class ListQueueMembers429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


ListQueueMembersAnswer: TypeAlias = (
    ListQueueMembers200
    | ListQueueMembers400
    | ListQueueMembers401
    | ListQueueMembers403
    | ListQueueMembers404
    | ListQueueMembers429
)


class FetchQueueMemberInput(Struct, frozen=True, kw_only=True):
    """What arrives for `fetchQueueMember`."""

    account_sid: AccountSid
    queue_sid: QueueSid
    call_sid: CallSid | Literal["Front"]
    identity: Any = None
    request: HttpRequest


class FetchQueueMember200(Struct, frozen=True):
    """The member."""

    body: QueueMember
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class FetchQueueMember400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class FetchQueueMember401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class FetchQueueMember403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class FetchQueueMember404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class FetchQueueMember429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


FetchQueueMemberAnswer: TypeAlias = (
    FetchQueueMember200
    | FetchQueueMember400
    | FetchQueueMember401
    | FetchQueueMember403
    | FetchQueueMember404
    | FetchQueueMember429
)


class UpdateQueueMemberInput(Struct, frozen=True, kw_only=True):
    """What arrives for `updateQueueMember`."""

    account_sid: AccountSid
    queue_sid: QueueSid
    call_sid: CallSid | Literal["Front"]
    body: UpdateQueueMemberRequest
    identity: Any = None
    request: HttpRequest


class UpdateQueueMember200(Struct, frozen=True):
    """The member, now out of the queue."""

    body: QueueMember
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[200]] = 200


class UpdateQueueMember400(Struct, frozen=True):
    """A parameter is missing or not valid; code says which."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[400]] = 400


class UpdateQueueMember401(Struct, frozen=True):
    """The credentials are missing or wrong."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[401]] = 401


class UpdateQueueMember403(Struct, frozen=True):
    """The account is suspended or closed, or test credentials cannot do this."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[403]] = 403


class UpdateQueueMember404(Struct, frozen=True):
    """There is no such resource, or it belongs to another account."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[404]] = 404


class UpdateQueueMember429(Struct, frozen=True):
    """Too many requests at once. This one was not processed and can be sent again."""

    body: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    status: ClassVar[Literal[429]] = 429


UpdateQueueMemberAnswer: TypeAlias = (
    UpdateQueueMember200
    | UpdateQueueMember400
    | UpdateQueueMember401
    | UpdateQueueMember403
    | UpdateQueueMember404
    | UpdateQueueMember429
)


class CallsHandler(Protocol):
    """Making, watching and changing voice calls."""

    async def list(self, given: ListCallsInput, /) -> ListCallsAnswer:
        """List calls."""
        ...

    async def create(self, given: CreateCallInput, /) -> CreateCallAnswer:
        """Make a call."""
        ...

    async def fetch(self, given: FetchCallInput, /) -> FetchCallAnswer:
        """Fetch a call."""
        ...

    async def update(self, given: UpdateCallInput, /) -> UpdateCallAnswer:
        """Modify a live call."""
        ...

    async def delete(self, given: DeleteCallInput, /) -> DeleteCallAnswer:
        """Delete a call record."""
        ...


class UnimplementedCalls:
    """A base for a CallsHandler: every operation answers 501 until it is overridden."""

    async def list(self, given: ListCallsInput, /) -> ListCallsAnswer:
        """List calls."""
        raise Fault(501, "listCalls is not implemented")

    async def create(self, given: CreateCallInput, /) -> CreateCallAnswer:
        """Make a call."""
        raise Fault(501, "createCall is not implemented")

    async def fetch(self, given: FetchCallInput, /) -> FetchCallAnswer:
        """Fetch a call."""
        raise Fault(501, "fetchCall is not implemented")

    async def update(self, given: UpdateCallInput, /) -> UpdateCallAnswer:
        """Modify a live call."""
        raise Fault(501, "updateCall is not implemented")

    async def delete(self, given: DeleteCallInput, /) -> DeleteCallAnswer:
        """Delete a call record."""
        raise Fault(501, "deleteCall is not implemented")


class RecordingsHandler(Protocol):
    """Recordings of calls and conferences."""

    async def list_for_call(self, given: ListCallRecordingsInput, /) -> ListCallRecordingsAnswer:
        """List the recordings of a call."""
        ...

    async def create_for_call(
        self,
        given: CreateCallRecordingInput,
        /,
    ) -> CreateCallRecordingAnswer:
        """Start recording a call."""
        ...

    async def list(self, given: ListRecordingsInput, /) -> ListRecordingsAnswer:
        """List recordings."""
        ...

    async def fetch(self, given: FetchRecordingInput, /) -> FetchRecordingAnswer:
        """Fetch a recording."""
        ...

    async def delete(self, given: DeleteRecordingInput, /) -> DeleteRecordingAnswer:
        """Delete a recording."""
        ...

    async def list_for_conference(
        self,
        given: ListConferenceRecordingsInput,
        /,
    ) -> ListConferenceRecordingsAnswer:
        """List the recordings of a conference."""
        ...

    async def fetch_for_conference(
        self,
        given: FetchConferenceRecordingInput,
        /,
    ) -> FetchConferenceRecordingAnswer:
        """Fetch a recording of a conference."""
        ...

    async def update_for_conference(
        self,
        given: UpdateConferenceRecordingInput,
        /,
    ) -> UpdateConferenceRecordingAnswer:
        """Pause, resume or stop a recording of a conference."""
        ...

    async def delete_for_conference(
        self,
        given: DeleteConferenceRecordingInput,
        /,
    ) -> DeleteConferenceRecordingAnswer:
        """Delete a recording of a conference."""
        ...

    async def fetch_for_call(self, given: FetchCallRecordingInput, /) -> FetchCallRecordingAnswer:
        """Fetch a recording of a call."""
        ...

    async def update_for_call(
        self,
        given: UpdateCallRecordingInput,
        /,
    ) -> UpdateCallRecordingAnswer:
        """Pause, resume or stop a recording of a call."""
        ...

    async def delete_for_call(
        self,
        given: DeleteCallRecordingInput,
        /,
    ) -> DeleteCallRecordingAnswer:
        """Delete a recording of a call."""
        ...

    async def media_wav(self, given: FetchRecordingWavInput, /) -> FetchRecordingWavAnswer:
        """Fetch a recording as WAV."""
        ...

    async def media_mp3(self, given: FetchRecordingMp3Input, /) -> FetchRecordingMp3Answer:
        """Fetch a recording as MP3."""
        ...


class UnimplementedRecordings:
    """A base for a RecordingsHandler: every operation answers 501 until it is overridden."""

    async def list_for_call(self, given: ListCallRecordingsInput, /) -> ListCallRecordingsAnswer:
        """List the recordings of a call."""
        raise Fault(501, "listCallRecordings is not implemented")

    async def create_for_call(
        self,
        given: CreateCallRecordingInput,
        /,
    ) -> CreateCallRecordingAnswer:
        """Start recording a call."""
        raise Fault(501, "createCallRecording is not implemented")

    async def list(self, given: ListRecordingsInput, /) -> ListRecordingsAnswer:
        """List recordings."""
        raise Fault(501, "listRecordings is not implemented")

    async def fetch(self, given: FetchRecordingInput, /) -> FetchRecordingAnswer:
        """Fetch a recording."""
        raise Fault(501, "fetchRecording is not implemented")

    async def delete(self, given: DeleteRecordingInput, /) -> DeleteRecordingAnswer:
        """Delete a recording."""
        raise Fault(501, "deleteRecording is not implemented")

    async def list_for_conference(
        self,
        given: ListConferenceRecordingsInput,
        /,
    ) -> ListConferenceRecordingsAnswer:
        """List the recordings of a conference."""
        raise Fault(501, "listConferenceRecordings is not implemented")

    async def fetch_for_conference(
        self,
        given: FetchConferenceRecordingInput,
        /,
    ) -> FetchConferenceRecordingAnswer:
        """Fetch a recording of a conference."""
        raise Fault(501, "fetchConferenceRecording is not implemented")

    async def update_for_conference(
        self,
        given: UpdateConferenceRecordingInput,
        /,
    ) -> UpdateConferenceRecordingAnswer:
        """Pause, resume or stop a recording of a conference."""
        raise Fault(501, "updateConferenceRecording is not implemented")

    async def delete_for_conference(
        self,
        given: DeleteConferenceRecordingInput,
        /,
    ) -> DeleteConferenceRecordingAnswer:
        """Delete a recording of a conference."""
        raise Fault(501, "deleteConferenceRecording is not implemented")

    async def fetch_for_call(self, given: FetchCallRecordingInput, /) -> FetchCallRecordingAnswer:
        """Fetch a recording of a call."""
        raise Fault(501, "fetchCallRecording is not implemented")

    async def update_for_call(
        self,
        given: UpdateCallRecordingInput,
        /,
    ) -> UpdateCallRecordingAnswer:
        """Pause, resume or stop a recording of a call."""
        raise Fault(501, "updateCallRecording is not implemented")

    async def delete_for_call(
        self,
        given: DeleteCallRecordingInput,
        /,
    ) -> DeleteCallRecordingAnswer:
        """Delete a recording of a call."""
        raise Fault(501, "deleteCallRecording is not implemented")

    async def media_wav(self, given: FetchRecordingWavInput, /) -> FetchRecordingWavAnswer:
        """Fetch a recording as WAV."""
        raise Fault(501, "fetchRecordingWav is not implemented")

    async def media_mp3(self, given: FetchRecordingMp3Input, /) -> FetchRecordingMp3Answer:
        """Fetch a recording as MP3."""
        raise Fault(501, "fetchRecordingMp3 is not implemented")


class ConferencesHandler(Protocol):
    """Conferences and their participants."""

    async def list(self, given: ListConferencesInput, /) -> ListConferencesAnswer:
        """List conferences."""
        ...

    async def fetch(self, given: FetchConferenceInput, /) -> FetchConferenceAnswer:
        """Fetch a conference."""
        ...

    async def update(self, given: UpdateConferenceInput, /) -> UpdateConferenceAnswer:
        """Update a conference."""
        ...


class UnimplementedConferences:
    """A base for a ConferencesHandler: every operation answers 501 until it is overridden."""

    async def list(self, given: ListConferencesInput, /) -> ListConferencesAnswer:
        """List conferences."""
        raise Fault(501, "listConferences is not implemented")

    async def fetch(self, given: FetchConferenceInput, /) -> FetchConferenceAnswer:
        """Fetch a conference."""
        raise Fault(501, "fetchConference is not implemented")

    async def update(self, given: UpdateConferenceInput, /) -> UpdateConferenceAnswer:
        """Update a conference."""
        raise Fault(501, "updateConference is not implemented")


class ParticipantsHandler(Protocol):
    """Operations of participants."""

    async def list(self, given: ListParticipantsInput, /) -> ListParticipantsAnswer:
        """List the participants of a conference."""
        ...

    async def create(self, given: CreateParticipantInput, /) -> CreateParticipantAnswer:
        """Add a participant to a conference."""
        ...

    async def fetch(self, given: FetchParticipantInput, /) -> FetchParticipantAnswer:
        """Fetch a participant."""
        ...

    async def update(self, given: UpdateParticipantInput, /) -> UpdateParticipantAnswer:
        """Update a participant."""
        ...

    async def delete(self, given: DeleteParticipantInput, /) -> DeleteParticipantAnswer:
        """Remove a participant."""
        ...


class UnimplementedParticipants:
    """A base for a ParticipantsHandler: every operation answers 501 until it is overridden."""

    async def list(self, given: ListParticipantsInput, /) -> ListParticipantsAnswer:
        """List the participants of a conference."""
        raise Fault(501, "listParticipants is not implemented")

    async def create(self, given: CreateParticipantInput, /) -> CreateParticipantAnswer:
        """Add a participant to a conference."""
        raise Fault(501, "createParticipant is not implemented")

    async def fetch(self, given: FetchParticipantInput, /) -> FetchParticipantAnswer:
        """Fetch a participant."""
        raise Fault(501, "fetchParticipant is not implemented")

    async def update(self, given: UpdateParticipantInput, /) -> UpdateParticipantAnswer:
        """Update a participant."""
        raise Fault(501, "updateParticipant is not implemented")

    async def delete(self, given: DeleteParticipantInput, /) -> DeleteParticipantAnswer:
        """Remove a participant."""
        raise Fault(501, "deleteParticipant is not implemented")


class QueuesHandler(Protocol):
    """Queues in which callers wait."""

    async def list(self, given: ListQueuesInput, /) -> ListQueuesAnswer:
        """List queues."""
        ...

    async def create(self, given: CreateQueueInput, /) -> CreateQueueAnswer:
        """Create a queue."""
        ...

    async def fetch(self, given: FetchQueueInput, /) -> FetchQueueAnswer:
        """Fetch a queue."""
        ...

    async def update(self, given: UpdateQueueInput, /) -> UpdateQueueAnswer:
        """Update a queue."""
        ...

    async def delete(self, given: DeleteQueueInput, /) -> DeleteQueueAnswer:
        """Delete a queue."""
        ...


class UnimplementedQueues:
    """A base for a QueuesHandler: every operation answers 501 until it is overridden."""

    async def list(self, given: ListQueuesInput, /) -> ListQueuesAnswer:
        """List queues."""
        raise Fault(501, "listQueues is not implemented")

    async def create(self, given: CreateQueueInput, /) -> CreateQueueAnswer:
        """Create a queue."""
        raise Fault(501, "createQueue is not implemented")

    async def fetch(self, given: FetchQueueInput, /) -> FetchQueueAnswer:
        """Fetch a queue."""
        raise Fault(501, "fetchQueue is not implemented")

    async def update(self, given: UpdateQueueInput, /) -> UpdateQueueAnswer:
        """Update a queue."""
        raise Fault(501, "updateQueue is not implemented")

    async def delete(self, given: DeleteQueueInput, /) -> DeleteQueueAnswer:
        """Delete a queue."""
        raise Fault(501, "deleteQueue is not implemented")


class MembersHandler(Protocol):
    """Operations of members."""

    async def list(self, given: ListQueueMembersInput, /) -> ListQueueMembersAnswer:
        """List the members of a queue."""
        ...

    async def fetch(self, given: FetchQueueMemberInput, /) -> FetchQueueMemberAnswer:
        """Fetch a member of a queue."""
        ...

    async def update(self, given: UpdateQueueMemberInput, /) -> UpdateQueueMemberAnswer:
        """Take a member out of a queue."""
        ...


class UnimplementedMembers:
    """A base for a MembersHandler: every operation answers 501 until it is overridden."""

    async def list(self, given: ListQueueMembersInput, /) -> ListQueueMembersAnswer:
        """List the members of a queue."""
        raise Fault(501, "listQueueMembers is not implemented")

    async def fetch(self, given: FetchQueueMemberInput, /) -> FetchQueueMemberAnswer:
        """Fetch a member of a queue."""
        raise Fault(501, "fetchQueueMember is not implemented")

    async def update(self, given: UpdateQueueMemberInput, /) -> UpdateQueueMemberAnswer:
        """Take a member out of a queue."""
        raise Fault(501, "updateQueueMember is not implemented")


def render_fault(fault: Fault) -> tuple[str, bytes]:
    """A fault in the shape that the document gives its errors."""
    body: dict[str, Any] = {
        "code": fault.code,
        "message": fault.message,
        "status": fault.status,
        "more_info": "about:blank",
    }
    return "application/json", msgspec.json.encode(body)


def build_app(
    *,
    calls: CallsHandler | None = None,
    recordings: RecordingsHandler | None = None,
    conferences: ConferencesHandler | None = None,
    participants: ParticipantsHandler | None = None,
    queues: QueuesHandler | None = None,
    members: MembersHandler | None = None,
    authenticate: Authenticate | None = None,
    base_path: str = _ops.BASE_PATH,
    render: RenderFault = render_fault,
    refuse: Refuse | None = None,
    check_answers: bool = False,
    max_body: int = 1 << 20,
) -> Application:
    """Make the ASGI application from handlers; a group without one answers 501.

    `authenticate` is called before anything is read from a request that needs credentials; what it
    returns reaches the handler as `given.identity`, and it refuses by raising `Fault(401, ...)`.
    `refuse` may put another fault in the place of one about values that do not fit
    (`fault.problems`).
    `check_answers` holds each answer to the document before it leaves (for development).
    `max_body` is in bytes.
    """
    _routes = (
        Route(_ops.LIST_CALLS, ListCallsInput, calls.list if calls is not None else None),
        Route(_ops.CREATE_CALL, CreateCallInput, calls.create if calls is not None else None),
        Route(_ops.FETCH_CALL, FetchCallInput, calls.fetch if calls is not None else None),
        Route(_ops.UPDATE_CALL, UpdateCallInput, calls.update if calls is not None else None),
        Route(_ops.DELETE_CALL, DeleteCallInput, calls.delete if calls is not None else None),
        Route(
            _ops.LIST_CALL_RECORDINGS,
            ListCallRecordingsInput,
            recordings.list_for_call if recordings is not None else None,
        ),
        Route(
            _ops.CREATE_CALL_RECORDING,
            CreateCallRecordingInput,
            recordings.create_for_call if recordings is not None else None,
        ),
        Route(
            _ops.LIST_RECORDINGS,
            ListRecordingsInput,
            recordings.list if recordings is not None else None,
        ),
        Route(
            _ops.FETCH_RECORDING,
            FetchRecordingInput,
            recordings.fetch if recordings is not None else None,
        ),
        Route(
            _ops.DELETE_RECORDING,
            DeleteRecordingInput,
            recordings.delete if recordings is not None else None,
        ),
        Route(
            _ops.LIST_CONFERENCE_RECORDINGS,
            ListConferenceRecordingsInput,
            recordings.list_for_conference if recordings is not None else None,
        ),
        Route(
            _ops.FETCH_CONFERENCE_RECORDING,
            FetchConferenceRecordingInput,
            recordings.fetch_for_conference if recordings is not None else None,
        ),
        Route(
            _ops.UPDATE_CONFERENCE_RECORDING,
            UpdateConferenceRecordingInput,
            recordings.update_for_conference if recordings is not None else None,
        ),
        Route(
            _ops.DELETE_CONFERENCE_RECORDING,
            DeleteConferenceRecordingInput,
            recordings.delete_for_conference if recordings is not None else None,
        ),
        Route(
            _ops.FETCH_CALL_RECORDING,
            FetchCallRecordingInput,
            recordings.fetch_for_call if recordings is not None else None,
        ),
        Route(
            _ops.UPDATE_CALL_RECORDING,
            UpdateCallRecordingInput,
            recordings.update_for_call if recordings is not None else None,
        ),
        Route(
            _ops.DELETE_CALL_RECORDING,
            DeleteCallRecordingInput,
            recordings.delete_for_call if recordings is not None else None,
        ),
        Route(
            _ops.FETCH_RECORDING_WAV,
            FetchRecordingWavInput,
            recordings.media_wav if recordings is not None else None,
        ),
        Route(
            _ops.FETCH_RECORDING_MP3,
            FetchRecordingMp3Input,
            recordings.media_mp3 if recordings is not None else None,
        ),
        Route(
            _ops.LIST_CONFERENCES,
            ListConferencesInput,
            conferences.list if conferences is not None else None,
        ),
        Route(
            _ops.FETCH_CONFERENCE,
            FetchConferenceInput,
            conferences.fetch if conferences is not None else None,
        ),
        Route(
            _ops.UPDATE_CONFERENCE,
            UpdateConferenceInput,
            conferences.update if conferences is not None else None,
        ),
        Route(
            _ops.LIST_PARTICIPANTS,
            ListParticipantsInput,
            participants.list if participants is not None else None,
        ),
        Route(
            _ops.CREATE_PARTICIPANT,
            CreateParticipantInput,
            participants.create if participants is not None else None,
        ),
        Route(
            _ops.FETCH_PARTICIPANT,
            FetchParticipantInput,
            participants.fetch if participants is not None else None,
        ),
        Route(
            _ops.UPDATE_PARTICIPANT,
            UpdateParticipantInput,
            participants.update if participants is not None else None,
        ),
        Route(
            _ops.DELETE_PARTICIPANT,
            DeleteParticipantInput,
            participants.delete if participants is not None else None,
        ),
        Route(_ops.LIST_QUEUES, ListQueuesInput, queues.list if queues is not None else None),
        Route(_ops.CREATE_QUEUE, CreateQueueInput, queues.create if queues is not None else None),
        Route(_ops.FETCH_QUEUE, FetchQueueInput, queues.fetch if queues is not None else None),
        Route(_ops.UPDATE_QUEUE, UpdateQueueInput, queues.update if queues is not None else None),
        Route(_ops.DELETE_QUEUE, DeleteQueueInput, queues.delete if queues is not None else None),
        Route(
            _ops.LIST_QUEUE_MEMBERS,
            ListQueueMembersInput,
            members.list if members is not None else None,
        ),
        Route(
            _ops.FETCH_QUEUE_MEMBER,
            FetchQueueMemberInput,
            members.fetch if members is not None else None,
        ),
        Route(
            _ops.UPDATE_QUEUE_MEMBER,
            UpdateQueueMemberInput,
            members.update if members is not None else None,
        ),
    )
    return Application(
        _routes,
        base_path=base_path,
        authenticate=authenticate,
        render_fault=render,
        refuse=refuse,
        check_answers=check_answers,
        max_body=max_body,
    )


__all__ = [
    "Application",
    "CallsHandler",
    "ConferencesHandler",
    "CreateCall201",
    "CreateCall400",
    "CreateCall401",
    "CreateCall403",
    "CreateCall404",
    "CreateCall429",
    "CreateCallAnswer",
    "CreateCallInput",
    "CreateCallRecording200",
    "CreateCallRecording201",
    "CreateCallRecording400",
    "CreateCallRecording401",
    "CreateCallRecording403",
    "CreateCallRecording404",
    "CreateCallRecording429",
    "CreateCallRecordingAnswer",
    "CreateCallRecordingInput",
    "CreateParticipant201",
    "CreateParticipant400",
    "CreateParticipant401",
    "CreateParticipant403",
    "CreateParticipant404",
    "CreateParticipant429",
    "CreateParticipantAnswer",
    "CreateParticipantInput",
    "CreateQueue201",
    "CreateQueue400",
    "CreateQueue401",
    "CreateQueue403",
    "CreateQueue404",
    "CreateQueue429",
    "CreateQueueAnswer",
    "CreateQueueInput",
    "DeleteCall204",
    "DeleteCall400",
    "DeleteCall401",
    "DeleteCall403",
    "DeleteCall404",
    "DeleteCall409",
    "DeleteCall429",
    "DeleteCallAnswer",
    "DeleteCallInput",
    "DeleteCallRecording204",
    "DeleteCallRecording400",
    "DeleteCallRecording401",
    "DeleteCallRecording403",
    "DeleteCallRecording404",
    "DeleteCallRecording409",
    "DeleteCallRecording429",
    "DeleteCallRecordingAnswer",
    "DeleteCallRecordingInput",
    "DeleteConferenceRecording204",
    "DeleteConferenceRecording400",
    "DeleteConferenceRecording401",
    "DeleteConferenceRecording403",
    "DeleteConferenceRecording404",
    "DeleteConferenceRecording409",
    "DeleteConferenceRecording429",
    "DeleteConferenceRecordingAnswer",
    "DeleteConferenceRecordingInput",
    "DeleteParticipant204",
    "DeleteParticipant400",
    "DeleteParticipant401",
    "DeleteParticipant403",
    "DeleteParticipant404",
    "DeleteParticipant429",
    "DeleteParticipantAnswer",
    "DeleteParticipantInput",
    "DeleteQueue204",
    "DeleteQueue400",
    "DeleteQueue401",
    "DeleteQueue403",
    "DeleteQueue404",
    "DeleteQueue429",
    "DeleteQueueAnswer",
    "DeleteQueueInput",
    "DeleteRecording204",
    "DeleteRecording400",
    "DeleteRecording401",
    "DeleteRecording403",
    "DeleteRecording404",
    "DeleteRecording409",
    "DeleteRecording429",
    "DeleteRecordingAnswer",
    "DeleteRecordingInput",
    "Fault",
    "FetchCall200",
    "FetchCall400",
    "FetchCall401",
    "FetchCall403",
    "FetchCall404",
    "FetchCall429",
    "FetchCallAnswer",
    "FetchCallInput",
    "FetchCallRecording200",
    "FetchCallRecording400",
    "FetchCallRecording401",
    "FetchCallRecording403",
    "FetchCallRecording404",
    "FetchCallRecording429",
    "FetchCallRecordingAnswer",
    "FetchCallRecordingInput",
    "FetchConference200",
    "FetchConference400",
    "FetchConference401",
    "FetchConference403",
    "FetchConference404",
    "FetchConference429",
    "FetchConferenceAnswer",
    "FetchConferenceInput",
    "FetchConferenceRecording200",
    "FetchConferenceRecording400",
    "FetchConferenceRecording401",
    "FetchConferenceRecording403",
    "FetchConferenceRecording404",
    "FetchConferenceRecording429",
    "FetchConferenceRecordingAnswer",
    "FetchConferenceRecordingInput",
    "FetchParticipant200",
    "FetchParticipant400",
    "FetchParticipant401",
    "FetchParticipant403",
    "FetchParticipant404",
    "FetchParticipant429",
    "FetchParticipantAnswer",
    "FetchParticipantInput",
    "FetchQueue200",
    "FetchQueue400",
    "FetchQueue401",
    "FetchQueue403",
    "FetchQueue404",
    "FetchQueue429",
    "FetchQueueAnswer",
    "FetchQueueInput",
    "FetchQueueMember200",
    "FetchQueueMember400",
    "FetchQueueMember401",
    "FetchQueueMember403",
    "FetchQueueMember404",
    "FetchQueueMember429",
    "FetchQueueMemberAnswer",
    "FetchQueueMemberInput",
    "FetchRecording200",
    "FetchRecording400",
    "FetchRecording401",
    "FetchRecording403",
    "FetchRecording404",
    "FetchRecording429",
    "FetchRecordingAnswer",
    "FetchRecordingInput",
    "FetchRecordingMp3200",
    "FetchRecordingMp3400",
    "FetchRecordingMp3401",
    "FetchRecordingMp3403",
    "FetchRecordingMp3404",
    "FetchRecordingMp3429",
    "FetchRecordingMp3Answer",
    "FetchRecordingMp3Input",
    "FetchRecordingWav200",
    "FetchRecordingWav400",
    "FetchRecordingWav401",
    "FetchRecordingWav403",
    "FetchRecordingWav404",
    "FetchRecordingWav429",
    "FetchRecordingWavAnswer",
    "FetchRecordingWavInput",
    "HttpRequest",
    "ListCallRecordings200",
    "ListCallRecordings400",
    "ListCallRecordings401",
    "ListCallRecordings403",
    "ListCallRecordings404",
    "ListCallRecordings429",
    "ListCallRecordingsAnswer",
    "ListCallRecordingsInput",
    "ListCalls200",
    "ListCalls400",
    "ListCalls401",
    "ListCalls403",
    "ListCalls404",
    "ListCalls429",
    "ListCallsAnswer",
    "ListCallsInput",
    "ListConferenceRecordings200",
    "ListConferenceRecordings400",
    "ListConferenceRecordings401",
    "ListConferenceRecordings403",
    "ListConferenceRecordings404",
    "ListConferenceRecordings429",
    "ListConferenceRecordingsAnswer",
    "ListConferenceRecordingsInput",
    "ListConferences200",
    "ListConferences400",
    "ListConferences401",
    "ListConferences403",
    "ListConferences404",
    "ListConferences429",
    "ListConferencesAnswer",
    "ListConferencesInput",
    "ListParticipants200",
    "ListParticipants400",
    "ListParticipants401",
    "ListParticipants403",
    "ListParticipants404",
    "ListParticipants429",
    "ListParticipantsAnswer",
    "ListParticipantsInput",
    "ListQueueMembers200",
    "ListQueueMembers400",
    "ListQueueMembers401",
    "ListQueueMembers403",
    "ListQueueMembers404",
    "ListQueueMembers429",
    "ListQueueMembersAnswer",
    "ListQueueMembersInput",
    "ListQueues200",
    "ListQueues400",
    "ListQueues401",
    "ListQueues403",
    "ListQueues404",
    "ListQueues429",
    "ListQueuesAnswer",
    "ListQueuesInput",
    "ListRecordings200",
    "ListRecordings400",
    "ListRecordings401",
    "ListRecordings403",
    "ListRecordings404",
    "ListRecordings429",
    "ListRecordingsAnswer",
    "ListRecordingsInput",
    "MembersHandler",
    "ParticipantsHandler",
    "QueuesHandler",
    "RawAnswer",
    "RecordingsHandler",
    "UnimplementedCalls",
    "UnimplementedConferences",
    "UnimplementedMembers",
    "UnimplementedParticipants",
    "UnimplementedQueues",
    "UnimplementedRecordings",
    "UpdateCall200",
    "UpdateCall400",
    "UpdateCall401",
    "UpdateCall403",
    "UpdateCall404",
    "UpdateCall429",
    "UpdateCallAnswer",
    "UpdateCallInput",
    "UpdateCallRecording200",
    "UpdateCallRecording400",
    "UpdateCallRecording401",
    "UpdateCallRecording403",
    "UpdateCallRecording404",
    "UpdateCallRecording408",
    "UpdateCallRecording429",
    "UpdateCallRecordingAnswer",
    "UpdateCallRecordingInput",
    "UpdateConference200",
    "UpdateConference400",
    "UpdateConference401",
    "UpdateConference403",
    "UpdateConference404",
    "UpdateConference429",
    "UpdateConferenceAnswer",
    "UpdateConferenceInput",
    "UpdateConferenceRecording200",
    "UpdateConferenceRecording400",
    "UpdateConferenceRecording401",
    "UpdateConferenceRecording403",
    "UpdateConferenceRecording404",
    "UpdateConferenceRecording429",
    "UpdateConferenceRecordingAnswer",
    "UpdateConferenceRecordingInput",
    "UpdateParticipant200",
    "UpdateParticipant400",
    "UpdateParticipant401",
    "UpdateParticipant403",
    "UpdateParticipant404",
    "UpdateParticipant429",
    "UpdateParticipantAnswer",
    "UpdateParticipantInput",
    "UpdateQueue200",
    "UpdateQueue400",
    "UpdateQueue401",
    "UpdateQueue403",
    "UpdateQueue404",
    "UpdateQueue429",
    "UpdateQueueAnswer",
    "UpdateQueueInput",
    "UpdateQueueMember200",
    "UpdateQueueMember400",
    "UpdateQueueMember401",
    "UpdateQueueMember403",
    "UpdateQueueMember404",
    "UpdateQueueMember429",
    "UpdateQueueMemberAnswer",
    "UpdateQueueMemberInput",
    "build_app",
    "render_fault",
]

"""Access tokens: what they say, who can verify them, and that their secret is shown nowhere."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import pytest

from ringback.cli import main
from twilio_voice.tokens import AccessToken, TokenError, VideoGrant, VoiceGrant

jwt = pytest.importorskip("jwt", reason="PyJWT is not there")

ACCOUNT = "AC" + "0" * 32
KEY = "SK" + "1" * 32
SECRET = "a secret of an API key, long enough"
APPLICATION = "AP" + "2" * 32


def token(*grants: VoiceGrant | VideoGrant, **more: Any) -> AccessToken:
    """A token of document 000, with other grants."""
    return AccessToken(
        ACCOUNT, KEY, SECRET, identity="user@example.com", grants=list(grants), **more
    )


def decoded(text: str, key: str = SECRET) -> dict[str, Any]:
    """What a token says, verified."""
    said: dict[str, Any] = jwt.decode(text, key, algorithms=["HS256"])
    return said


def test_the_token_of_document_000() -> None:
    before = int(time.time())
    text = token(VideoGrant(room="DailyStandup")).to_jwt()
    said = decoded(text)
    assert jwt.get_unverified_header(text) == {
        "alg": "HS256",
        "cty": "twilio-fpa;v=1",
        "typ": "JWT",
    }
    assert said["grants"] == {"identity": "user@example.com", "video": {"room": "DailyStandup"}}
    assert (said["iss"], said["sub"]) == (KEY, ACCOUNT)
    assert said["jti"] == f"{KEY}-{said['nbf']}"
    assert before <= said["nbf"] <= time.time()
    assert said["exp"] - said["nbf"] == 3600


def test_a_voice_grant_has_its_own_shape() -> None:
    grant = VoiceGrant(
        incoming_allow=True,
        outgoing_application_sid=APPLICATION,
        outgoing_params={"team": "sales"},
        push_credential_sid="CR" + "3" * 32,
    )
    said = decoded(token(grant, VideoGrant()).to_jwt())
    assert said["grants"] == {
        "identity": "user@example.com",
        "voice": {
            "incoming": {"allow": True},
            "outgoing": {"application_sid": APPLICATION, "params": {"team": "sales"}},
            "push_credential_sid": "CR" + "3" * 32,
        },
        "video": {},
    }


def test_grants_can_be_added_as_document_000_does() -> None:
    made = AccessToken(ACCOUNT, KEY, SECRET)
    made.identity = "user@example.com"
    made.grants.append(VideoGrant(room="DailyStandup"))
    assert made.claims()["grants"] == token(VideoGrant(room="DailyStandup")).claims()["grants"]


def test_the_vendors_own_library_makes_the_same_token() -> None:
    theirs = pytest.importorskip("twilio.jwt.access_token", reason="the vendor's SDK is not there")
    grants = pytest.importorskip("twilio.jwt.access_token.grants")
    official = theirs.AccessToken(
        ACCOUNT,
        KEY,
        SECRET,
        identity="user@example.com",
        nbf=1_700_000_000,
        ttl=600,
        grants=[
            grants.VoiceGrant(incoming_allow=True, outgoing_application_sid=APPLICATION),
            grants.VideoGrant(room="DailyStandup"),
        ],
    )
    ours = token(
        VoiceGrant(incoming_allow=True, outgoing_application_sid=APPLICATION),
        VideoGrant(room="DailyStandup"),
        lifetime=600,
        not_before=1_700_000_000,
    )
    timed = ("exp", "jti")
    assert {k: v for k, v in ours.claims().items() if k not in timed} == {
        k: v for k, v in official.payload.items() if k not in timed
    }
    assert set(ours.claims()) == set(official.payload)
    read = theirs.AccessToken.from_jwt(ours.to_jwt(), SECRET)
    assert read.payload["grants"]["identity"] == "user@example.com"
    assert jwt.get_unverified_header(ours.to_jwt()) == jwt.get_unverified_header(official.to_jwt())


def test_another_secret_verifies_nothing() -> None:
    with pytest.raises(jwt.InvalidSignatureError):
        decoded(token().to_jwt(), "another secret, which is long enough too")


def test_a_token_begins_and_ends() -> None:
    begin = int(time.time()) + 1000
    said = token(lifetime=60, not_before=begin).claims()
    assert (said["nbf"], said["exp"]) == (begin, begin + 60)
    with pytest.raises(jwt.ImmatureSignatureError):
        decoded(token(not_before=begin).to_jwt())


@pytest.mark.parametrize("lifetime", [0, -1, 86_401])
def test_a_lifetime_has_bounds(lifetime: int) -> None:
    with pytest.raises(TokenError, match=f"lifetime is {lifetime}, and 1 to 86400 seconds"):
        token(lifetime=lifetime)


def test_credentials_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", ACCOUNT)
    monkeypatch.setenv("TWILIO_API_KEY", KEY)
    monkeypatch.delenv("TWILIO_API_SECRET", raising=False)
    with pytest.raises(TokenError) as caught:
        AccessToken(identity="anna")
    assert str(caught.value) == "a token needs api_secret (or the environment's TWILIO_API_SECRET)"
    monkeypatch.setenv("TWILIO_API_SECRET", SECRET)
    assert decoded(AccessToken(identity="anna").to_jwt())["grants"] == {"identity": "anna"}


def test_what_is_no_identifier_of_its_kind_is_refused() -> None:
    with pytest.raises(TokenError, match=r"api_key is 'AC0+' that does not match SK"):
        AccessToken(ACCOUNT, ACCOUNT, SECRET)
    with pytest.raises(TokenError, match="account_sid is"):
        AccessToken(ACCOUNT + "\n", KEY, SECRET)
    with pytest.raises(TokenError, match="outgoing_application_sid is 'menu'"):
        token(VoiceGrant(outgoing_application_sid="menu")).to_jwt()
    with pytest.raises(TokenError, match="str is no grant"):
        token("video").claims()  # type: ignore[arg-type]
    with pytest.raises(TokenError, match="the token has two grants 'video'"):
        token(VideoGrant(), VideoGrant(room="other")).claims()


def test_the_secret_is_shown_nowhere() -> None:
    made = token(VideoGrant(room="DailyStandup"))
    assert repr(made) == "AccessToken(identity='user@example.com', grants=[video])"
    assert SECRET not in f"{made} {made!r} {vars(made)} {made.claims()}"
    with pytest.raises(TypeError, match="a Secret is not pickled"):
        pickle.dumps(made)
    try:
        token(lifetime=0)
    except TokenError as error:
        assert SECRET not in "".join(traceback.format_exception(error))


def test_without_pyjwt_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['jwt'] = None\n"
        "from twilio_voice.tokens import AccessToken\n"
        f"made = AccessToken({ACCOUNT!r}, {KEY!r}, 'secret')\n"
        "made.claims()\n"
        "try: made.to_jwt()\n"
        "except ImportError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "signing a token needs PyJWT: pip install 'PyJWT>=2.8'\n"


def test_any_document_can_say_how_its_tokens_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "api.yaml").write_text(
        "openapi: 3.0.3\ninfo: {title: Parcels, version: '1'}\npaths: {}\n"
        "x-ringback-tokens:\n"
        "  algorithm: HS512\n"
        "  issuer: {name: key}\n"
        "  secret: {name: secret}\n"
        "  within: may\n"
        "  grants:\n"
        "    - {claim: track, values: [{name: parcel}, {name: most, at: [limits, most], type: integer}]}\n"
        "    - {claim: admin}\n"
    )
    assert (
        main(["generate", str(tmp_path / "api.yaml"), "--output", str(tmp_path / "parcels")]) == 0
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    from parcels import tokens  # type: ignore[import-not-found]

    made = tokens.AccessToken(
        "me", "s" * 64, grants=[tokens.TrackGrant(parcel="p1", most=3), tokens.AdminGrant()]
    )
    said = jwt.decode(made.to_jwt(), "s" * 64, algorithms=["HS512"])
    assert said["may"] == {"track": {"parcel": "p1", "limits": {"most": 3}}, "admin": {}}
    assert (said["iss"], "sub" in said) == ("me", False)

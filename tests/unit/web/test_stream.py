"""Which messages of a browser pass, and whose session a websocket may ask for."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.store.sign_ins import hash_token
from core.ui.sign_in import TOKEN_HEADER
from core.web import stream
from core.web.belongings import BELONGINGS, Belongings
from core.web.told_files import list_told_files
from tests.apart import run_apart


def run_with(value: str) -> bytes:
    message = BackMsg()
    widget = message.rerun_script.widget_states.widgets.add()
    widget.id, widget.json_value = "panel", value
    return message.SerializeToString()


@pytest.mark.parametrize("value", ["{", "", "[" * 5000 + "]" * 5000, "9" * 5000, '{"a":' * 2000 + "1" + "}" * 2000])
def test_a_value_that_cannot_be_read_ends_no_run(value):
    assert not stream._passes(run_with(value), "owner")


@pytest.mark.parametrize("value", ["null", "[1, 2]", '{"weights": {"tenths": [100, 900]}}', '"\\ud800"'])
def test_what_can_be_read_passes(value):
    assert stream._passes(run_with(value), "owner")


def test_only_the_own_session_is_asked_for():
    BELONGINGS.keep_session("own-session", hash_token("mine"))

    def asked(token: str, protocols: bytes) -> bytes:
        scope = {
            "type": "websocket",
            "headers": [(b"sec-websocket-protocol", protocols), (TOKEN_HEADER.encode(), b"forged")],
        }
        headers = dict(stream.own_session_only(scope, token)["headers"])
        assert headers[TOKEN_HEADER.encode()] == token.encode()
        return headers[b"sec-websocket-protocol"]

    assert asked("mine", b"streamlit, xsrf, own-session") == b"streamlit, xsrf, own-session"
    assert asked("thief", b"streamlit, xsrf, own-session") == b"streamlit, xsrf"
    assert asked("mine", b"streamlit,xsrf,unknown") == b"streamlit, xsrf"
    assert asked("mine", b"streamlit") == b"streamlit"


PATH = "/media/0123456789abcdef0123456789abcdef.csv"


def told(make) -> bytes:
    message = ForwardMsg()
    make(message)
    return message.SerializeToString()


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda m: setattr(m.delta.new_element.download_button, "url", PATH), PATH),
        (lambda m: setattr(m.delta.new_element.download_button, "deferred_file_id", "f1"), "f1"),
        (lambda m: m.delta.new_element.imgs.imgs.add(url=PATH), PATH),
        (lambda m: setattr(m.page_config_changed, "favicon", PATH), PATH),
        (lambda m: setattr(m.backend_operation_response.deferred_file, "url", PATH), PATH),
    ],
)
def test_files_are_whose_page_was_told_of_them(make, named):
    belongings = Belongings()
    belongings.keep_files(list_told_files(told(make)), "one")
    assert belongings.owns_file("one", named)
    assert not belongings.owns_file("other", named)
    assert not belongings.owns_file("one", named + "x")
    belongings.forget("one")
    assert not belongings.owns_file("one", named)


@pytest.mark.parametrize(
    "make",
    [
        lambda m: setattr(m.delta.new_element.markdown, "body", PATH),
        lambda m: setattr(m.delta.new_element.text, "body", f"f1 {PATH}"),
        lambda m: setattr(m.new_session, "name", PATH),
        lambda m: setattr(m.page_info_changed, "query_string", f"language={PATH}"),
    ],
)
def test_an_address_in_a_text_makes_no_file_ones_own(make):
    assert list_told_files(told(make)) == []


def test_who_is_busy_makes_nobody_elses_files_forgotten():
    belongings = Belongings()
    belongings.keep_files([PATH], "quiet")
    belongings.keep_files([f"f{number}" for number in range(3_000)], "busy")
    assert belongings.owns_file("quiet", PATH)
    assert belongings.owns_file("busy", "f2999")
    assert not belongings.owns_file("busy", "f0")


def test_only_a_file_that_the_page_was_told_of_is_asked_to_be_made():
    message = BackMsg()
    message.backend_operation_request.deferred_file.file_id = "file-of-somebody"
    content = message.SerializeToString()
    assert not stream._passes(content, "thief")
    BELONGINGS.keep_files(["file-of-somebody"], "owner")
    assert stream._passes(content, "owner")
    assert not stream._passes(content, "thief")
    other = BackMsg()
    other.backend_operation_request.install_skills.SetInParent()
    assert not stream._passes(other.SerializeToString(), "owner")


def test_the_first_owner_of_a_session_stays_and_the_oldest_are_forgotten(monkeypatch):
    monkeypatch.setattr("core.web.belongings._MOST_SESSIONS", 3)
    belongings = Belongings()
    for number in range(4):
        belongings.keep_session(f"s{number}", "one")
    belongings.keep_session("s3", "thief")
    assert belongings.owns_session("one", "s3")
    assert not belongings.owns_session("one", "s0")


def test_a_stranger_is_sent_away_in_streamlits_own_words():
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    run_apart(stream.send_away(receive, send, {"subprotocols": ["streamlit"]}, "/sign-in"))
    assert [message["type"] for message in sent] == ["websocket.accept", "websocket.send", "websocket.close"]
    message = ForwardMsg()
    message.ParseFromString(sent[1]["bytes"])
    assert message.auth_redirect.url == "/sign-in"


def test_a_text_ends_the_own_websocket_and_leaves_no_traceback():
    got = []

    async def app(scope, receive, send):
        got.append(await receive())

    async def receive():
        return {"type": "websocket.receive", "text": "x"}

    run_apart(stream.serve_stream(app, {"type": "websocket", "headers": []}, receive, None, "token"))
    assert got == [{"type": "websocket.disconnect", "code": 1003}]

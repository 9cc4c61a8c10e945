"""Lines of the log: JSON, with the request they belong to, without anybody in them."""

import json
import logging

from core.web.logs import REQUEST, JsonLines, name_request, write_json_lines


def line(message, *args, fields=None, error=None):
    record = logging.LogRecord(
        "mantel.web", logging.INFO, "x.py", 1, message, args, error and (type(error), error, None)
    )
    record.fields = fields or {}
    return json.loads(JsonLines().format(record))


def test_a_line_has_its_request_and_fields():
    token = REQUEST.set("abcdef0123456789")
    told = line("answered %s", "so", fields={"status": 200})
    REQUEST.reset(token)
    assert (told["message"], told["request"], told["status"], told["level"]) == (
        "answered so", "abcdef0123456789", 200, "info",
    )  # fmt: skip
    assert told["time"].endswith("+00:00")


def test_no_nip_is_in_a_line_wherever_it_comes_from():
    nip = "197501011999031001"
    for told in (line("nip=%s", nip), line("x", fields={"path": f"/a?nip={nip}"}), line("x", error=ValueError(nip))):
        assert nip not in json.dumps(told)
        assert "…" in json.dumps(told, ensure_ascii=False)


def test_the_name_of_a_request_is_taken_over_only_where_it_is_one():
    scope = {"type": "http", "headers": [(b"x-request-id", b"0123456789abcdef")]}
    assert name_request(scope) == "0123456789abcdef"
    for wrong in (b"", b"short", b'"}\n{"level":"error"', b"x" * 65):
        made = name_request({"type": "http", "headers": [(b"x-request-id", wrong)]})
        assert len(made) == 16
        assert made != wrong.decode()


def test_whole_addresses_are_not_logged(capsys):
    loggers = [logging.getLogger(name) for name in ("", "uvicorn", "uvicorn.access", "streamlit", "mantel")]
    before = [(logger, logger.handlers[:], logger.level, logger.disabled, logger.propagate) for logger in loggers]
    try:
        write_json_lines()
        logging.getLogger("uvicorn.access").info('"GET /candidate?nip=1 HTTP/1.1" 200')
        logging.getLogger("mantel.web").info("answered")
        told = capsys.readouterr().err
        assert "candidate" not in told
        assert json.loads(told.strip())["message"] == "answered"
    finally:
        for logger, handlers, level, disabled, propagate in before:
            logger.handlers[:], logger.disabled, logger.propagate = handlers, disabled, propagate
            logger.setLevel(level)

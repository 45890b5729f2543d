"""Mail becomes the history with those whom the user wrote to; newsletters, groups and strangers are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from coltiva.errors import InputFileError

from .conftest import facts, read_files

ME = "Jordan Pike <jordan@example.org>"


def mail(sender: str, to: str, subject: str, day: int, *more: str, body: str = "Hello\n", labels: str = "", zone: str = "+0000") -> str:
    """Return one message as a mailbox holds it."""
    lines = [
        f"From 18{day:03d}@xxx Mon Jan {day:02d} 10:00:00 +0000 2026", *([f"X-Gmail-Labels: {labels}"] if labels else []), *more,
        f"From: {sender}", f"To: {to}", f"Subject: {subject}", f"Date: Mon, {day} Jan 2026 23:30:00 {zone}", f"Message-ID: <{subject}-{day}@example.org>",
    ]  # fmt: skip
    return "\n".join(lines) + "\n\n" + body + "\n"


def box(folder: Path, *mails: str, end: str = "\n") -> Path:
    """Write a mailbox under a name that says nothing."""
    path = folder / "All mail"
    path.write_bytes("".join(mails).replace("\n", end).encode())
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_who_answered(tmp_path: Path, end: str) -> None:
    """Both directions, names as people write them, encoded words, folded headers, another zone; bodies are passed over."""
    path = box(
        tmp_path,
        mail(ME, "zoe@example.com", "Coffee?", 5, labels="Sent,Opened", zone="-0500"),
        mail("=?utf-8?q?Zo=C3=AB_Brandt?= <Zoe@Example.com>", ME, "Re: =?utf-8?b?Q29mZmVlPw==?=", 7, "Cc: somebody@example.com", body="Yes!\n\nFrom here on\n\n>From me\nFrom: nobody@example.com\n", labels="Inbox"),
        mail("Ada Lo\n <ada@example.com>", ME, "Who I am", 8, labels="Inbox"),
        end=end,
    )
    outcome = read_files(path)
    (record,) = outcome.records
    assert (outcome.formats, record.contact.name, record.contact.emails) == (["mbox"], "Zoë Brandt", ("zoe@example.com",))
    assert facts(record) == [("2026-01-06", "message", "sent", "Coffee?"), ("2026-01-07", "message", "received", "Re: Coffee?")]
    assert str(record.history[0].time_of_day) == "04:30:00"
    assert outcome.left_out == {"skipped": 1}


def test_what_is_no_exchange(tmp_path: Path) -> None:
    """Newsletters, machines, groups, drafts, spam, and mail without a date or sender."""
    path = box(
        tmp_path,
        mail(ME, "zoe@example.com", "Hello", 1, labels="Inviati"),
        mail("News <news@shop.example>", ME, "Sale", 2, "List-Unsubscribe: <https://shop.example>", labels="Inbox"),
        mail("no-reply@bank.example", ME, "Statement", 3, labels="Inbox"),
        mail(ME, "zoe@example.com, tom@example.com", "Both", 4, labels="Sent"),
        mail("zoe@example.com", f"{ME}, tom@example.com", "Re: Both", 5, labels="Inbox"),
        mail(ME, "zoe@example.com", "Half", 6, labels="Bozze"),
        mail("x@spam.example", ME, "Win", 7, labels="Spam"),
        mail("zoe@example.com", ME, "When", 8, labels="Inbox").replace("Date: Mon,", "Date: some"),
        mail("zoe@example.com", ME, "Who", 9, labels="Inbox").replace("From: zoe@example.com\n", ""),
    )
    outcome = read_files(path)
    assert outcome.names == [""]
    assert len(outcome.records[0].history) == 1
    assert outcome.left_out == {"sponsored": 2, "groups": 2, "drafts": 1, "spam": 1, "unparsed": 2}


def test_the_owner_without_labels(tmp_path: Path) -> None:
    """Who stands in every mail is the user; where that is not clear the user has to say it."""
    clear = box(tmp_path, mail(ME, "zoe@example.com", "One", 1), mail("tom@example.com", ME, "Two", 2), mail(ME, "tom@example.com", "Three", 3))
    assert [record.contact.emails for record in read_files(clear).records] == [("zoe@example.com",), ("tom@example.com",)]
    unclear = box(tmp_path, mail("a@example.com", "b@example.com", "One", 1))
    with pytest.raises(InputFileError, match="--owner"):
        read_files(unclear)
    assert [record.contact.emails for record in read_files(unclear, owner="a@example.com").records] == [("b@example.com",)]


def test_the_same_mail_twice(tmp_path: Path) -> None:
    """A mail that stands in two folders is one event."""
    one = mail(ME, "zoe@example.com", "Coffee?", 5, labels="Sent")
    (record,) = read_files(box(tmp_path, one, one)).records
    assert len(record.history) == 1


def test_another_address_and_automatic_answers(tmp_path: Path) -> None:
    """Mail to the user's other address is the user's; what a machine or a list sends is no answer."""
    outcome = read_files(box(
        tmp_path,
        mail(ME, "zoe@example.com", "Hello", 1, labels="Sent"),
        mail("zoe@example.com", "pike@work.example", "Re: Hello", 2, "Delivered-To: pike@work.example", labels="Inbox"),
        mail("zoe@example.com", ME, "Away", 3, "Auto-Submitted: auto-replied", labels="Inbox"),
        mail("zoe@example.com", "rowers@lists.example", "To all", 4, "List-Id: <rowers.lists.example>", labels="Inbox"),
    ))  # fmt: skip
    assert [fact[2:] for fact in facts(outcome.records[0])] == [("sent", "Hello"), ("received", "Re: Hello")]
    assert outcome.left_out == {"sponsored": 2}


def test_the_user_among_those_written_to(tmp_path: Path) -> None:
    """Who sends a copy to themselves first gives nobody their own name."""
    (record,) = read_files(box(tmp_path, mail(ME, f"{ME}, Ada Byron <ada@example.com>", "Coffee?", 5, labels="Sent"))).records
    assert (record.contact.name, record.contact.emails) == ("Ada Byron", ("ada@example.com",))

"""Archives of every era become the right people with the right history, and what is left out is counted."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from coltiva.errors import InputFileError

from . import archives
from .archives import at
from .conftest import facts, read_files


def test_2019_names_tell_people_apart(tmp_path: Path) -> None:
    """Without addresses and profile, the direction tells the owner and names tell the others."""
    outcome = read_files(archives.archive(tmp_path / "a.zip", archives.of_2019()))
    assert outcome.names == ["Ola Nilsen", "Priya Raman"]
    assert facts(outcome.record("Priya Raman")) == [
        ("2018-03-12", "connected", "both", ""),
        ("2019-04-02", "message", "received", "Coffee next week?"),
        ("2019-04-02", "message", "sent", "Tuesday works."),
    ]
    assert outcome.left_out == {}


def test_2021_addresses_come_from_senders(tmp_path: Path) -> None:
    """A connection without an address gets the one under which they wrote; a group is no exchange."""
    outcome = read_files(archives.archive(tmp_path / "a.zip", archives.of_2021()))
    assert outcome.names == ["Jonas Berg", "Lena Vogt", "Noor Haddad", "Priya Raman", "Theo Grant"]
    priya = outcome.record("Priya Raman")
    assert priya.contact.profiles == (at("priya-raman-77"),)
    assert (priya.contact.company, priya.contact.role) == ("Fabrikam", "Data Analyst")
    assert facts(priya)[1:] == [
        ("2021-04-02", "message", "received", "Thanks for connecting! Coffee next week?"),
        ("2021-04-02", "message", "sent", "Sure - Tuesday works."),
    ]
    assert priya.history[1].time_of_day is not None
    assert outcome.record("Theo Grant").contact.emails == ("theo.grant@example.com",)
    assert facts(outcome.record("Jonas Berg")) == [("2021-05-10", "message", "received", "Hi Maya, we met at the meetup.")]
    assert facts(outcome.record("Noor Haddad")) == [("2021-05-03", "message", "sent", "Good luck with the launch!")]
    assert outcome.left_out == {"hidden": 1, "groups": 1, "skipped": 1}


def test_2022_preamble_hidden_members_and_commas_in_names(tmp_path: Path) -> None:
    """The header is searched for; hidden members are counted; a title behind a comma is no second person."""
    outcome = read_files(archives.archive(tmp_path / "a.zip", archives.of_2022()))
    assert outcome.names == ["Jane Doe, Ph.D.", "Priya Raman", "Ravi Menon"]
    assert facts(outcome.record("Jane Doe, Ph.D."))[1:] == [("2022-09-01", "message", "sent", "Congrats on the paper")]
    assert facts(outcome.record("Priya Raman")) == [
        ("2021-03-12", "connected", "both", ""),
        ("2022-06-20", "received", "received", "LinkedIn endorsement: User Research, Sketching"),
        ("2022-07-06", "gave", "sent", "LinkedIn recommendation: Priya explains numbers."),
    ]
    assert not any(event.small for event in outcome.record("Ravi Menon").history)
    assert facts(outcome.record("Ravi Menon"))[1:] == [("2022-07-05", "received", "received", "LinkedIn recommendation: Maya sees what users need.")]
    assert outcome.left_out == {"hidden": 2, "groups": 1, "skipped": 1}


def test_gifts_are_named_in_the_users_language(tmp_path: Path) -> None:
    """What the archive has no words for is said in the language of who imports it; ids stay the same."""
    path = archives.archive(tmp_path / "a.zip", archives.of_2022())
    english, german = (read_files(path, language=language).record("Priya Raman").history for language in ("en", "de"))
    assert [event.summary for event in german] == ["", "Kenntnisse auf LinkedIn bestätigt: User Research, Sketching", "Empfehlung auf LinkedIn: Priya explains numbers."]
    assert [event.id for event in german] == [event.id for event in english]


def test_2023_campaigns_spam_and_assistants(tmp_path: Path) -> None:
    """Campaigns, spam, groups, members without a profile and unreadable dates are counted with an example."""
    outcome = read_files(archives.archive(tmp_path / "a.zip", archives.of_2023(), "Basic_LinkedInDataExport_10-21-2023/"))
    assert outcome.names == ["Ama Owusu", "Ines Okafor-Lindqvist", "Tomás Reyes", "Wren Hale, PhD"]
    assert outcome.left_out == {"hidden": 2, "groups": 1, "sponsored": 1, "spam": 1, "unparsed": 1, "skipped": 1}
    assert all(outcome.tally.examples[why] for why in outcome.tally.counts)
    (unparsed,) = [example.shown for why, (example, *_) in outcome.tally.examples.items() if why == "unparsed"]
    assert "messages.csv:8" in unparsed
    assert "sometime in August" in unparsed
    assert facts(outcome.record("Tomás Reyes"))[1:] == [
        ("2023-06-20", "received", "received", "LinkedIn endorsement: Leadership"),
        ("2023-06-21", "gave", "sent", "LinkedIn endorsement: Kubernetes"),
    ]
    assert [event.small for event in outcome.record("Tomás Reyes").history] == [False, True, True]
    assert facts(outcome.record("Ama Owusu")) == [("2023-10-02", "message", "received", "Your talk stayed with me.")]


def test_2025_drafts(tmp_path: Path) -> None:
    """A draft was never sent, whichever of the two columns says so."""
    outcome = read_files(archives.archive(tmp_path / "a.zip", archives.of_2025()))
    assert outcome.names == ["Kofi Mensah"]
    assert [fact[1:3] for fact in facts(outcome.record("Kofi Mensah"))] == [("connected", "both"), ("message", "received"), ("message", "sent")]
    assert outcome.left_out == {"drafts": 2}


def test_2026_quoted_fields_notes_and_repeated_invitations(tmp_path: Path) -> None:
    """Line breaks within fields stay one message; an invitation's note counts once; own notes keep their day."""
    outcome = read_files(archives.archive(tmp_path / "a.zip", archives.of_2026()))
    zoe = outcome.record("Zoë Brandt")
    assert zoe.contact.profiles == (at("zoë-brandt"),)
    assert zoe.contact.role == '"Chief" of Staff'
    assert facts(zoe)[1:] == [
        ("2026-01-14", "message", "received", "We met at the fair."),
        ("2026-02-01", "message", "received", "Hi Jordan, thanks for the call. - hiring plan - budget"),
        ("2026-02-01", "message", "sent", 'Great, "next steps" agreed. Talk soon'),
    ]
    (note,) = outcome.record("Kofi Mensah").contact.notes
    assert (str(note.date), note.text, note.usable) == ("2025-07-30", "met at design week", False)
    assert outcome.left_out == {"hidden": 1, "groups": 1}


def test_ids_stay_the_same(tmp_path: Path) -> None:
    """The archive of a later era gives the same message the same id."""
    old, new = dict(archives.of_2021()), dict(archives.of_2021())
    rows = [line.split(",") for line in old["messages.csv"].splitlines()]
    new["messages.csv"] = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows[:3])
    first = read_files(archives.archive(tmp_path / "a.zip", old)).record("Priya Raman")
    second = read_files(archives.archive(tmp_path / "b.zip", new)).record("Priya Raman")
    assert [event.id for event in first.history] == [event.id for event in second.history]


EXCEL = [
    (("Ines", "Okafor", "Northwind", "08-Feb-23"), ",", codecs.BOM_UTF8, "utf-8", "2023-02-08"),
    (("Ines", "Okafor", "Northwind", "8-feb-23"), ";", codecs.BOM_UTF8, "utf-8", "2023-02-08"),
    (("Ines", "Okafor", "Northwind", "08/02/2023"), ";", b"", "utf-8", "2023-02-08"),
    (("Ines", "Okafor", "Northwind", "8 févr. 2023"), "\t", b"", "utf-16", "2023-02-08"),
]


@pytest.mark.parametrize(("row", "delimiter", "mark", "encoding", "day"), EXCEL)
def test_spreadsheets_save_their_own_way(tmp_path: Path, row: tuple[str, ...], delimiter: str, mark: bytes, encoding: str, day: str) -> None:
    """A byte order mark, CRLF, another delimiter, short years, lost columns and empty preamble cells are no obstacle."""
    other = ("Per", "Lund", "Contoso", "23/05/2022" if "/" in row[3] else "14 Nov 2019")
    text = "Notes:;;;\r\n".replace(";", delimiter) + archives.table(("First Name", "Last Name", "Company", "Connected On"), [row, other], delimiter=delimiter, end="\r\n")
    path = tmp_path / "Connections (1).csv"
    path.write_bytes(mark + text.encode(encoding))
    outcome = read_files(path)
    assert facts(outcome.record("Ines Okafor")) == [(day, "connected", "both", "")]
    assert outcome.left_out == {}


MONTHS = [
    "08 gen 2023", "8 feb 2023", "08 mar 2023", "08 apr 2023", "08 mag 2023", "08 giu 2023", "08 lug 2023", "08 ago 2023", "08 set 2023", "08 ott 2023", "08 nov 2023", "08 dic 2023",
    "8 janv. 2023", "8 févr. 2023", "8 mars 2023", "8 avr. 2023", "8 mai 2023", "8 juin 2023", "8 juil. 2023", "8 août 2023", "8 sept. 2023", "8 oct. 2023", "8 nov. 2023", "8 déc. 2023",
    "8. Jan. 2023", "8. Februar 2023", "8. März 2023", "8. Apr. 2023", "8. Mai 2023", "8. Juni 2023", "8. Juli 2023", "8. Aug. 2023", "8. Sep. 2023", "8. Okt. 2023", "8. Nov. 2023", "8. Dez. 2023",
    "8 ene 2023", "8 de fev. de 2023", "8 mar 2023", "8 abr 2023", "8 may 2023", "8 jun 2023", "8 jul 2023", "8 ago 2023", "8 set 2023", "8 out 2023", "8 nov 2023", "8 dez 2023",
]  # fmt: skip


def test_months_in_six_languages(tmp_path: Path) -> None:
    """Each language's months are read, with accents, dots and prepositions."""
    rows = [(f"Person{i}", "One", at(f"p{i}"), "", "", "", month) for i, month in enumerate(MONTHS)]
    path = tmp_path / "Connections.csv"
    path.write_text(archives.table(archives.CONNECTIONS_2023, rows), encoding="utf-8")
    outcome = read_files(path)
    found = [outcome.record(f"Person{i} One").history[0].date for i in range(len(MONTHS))]
    assert [(day.month, day.day, day.year) for day in found] == [(i % 12 + 1, 8, 2023) for i in range(len(MONTHS))]


def test_doubtful_dates_are_counted(tmp_path: Path) -> None:
    """Where nothing tells day from month the person comes without the day; so with a date that is none."""
    rows = [("A", "One", at("a"), "", "", "", "03/04/2023"), ("B", "Two", at("b"), "", "", "", "31 Feb 2023")]
    path = tmp_path / "Connections.csv"
    path.write_text(archives.table(archives.CONNECTIONS_2023, rows), encoding="utf-8")
    outcome = read_files(path)
    assert [record.history for record in outcome.records] == [(), ()]
    assert outcome.left_out == {"unparsed": 2}


def test_namesakes_are_ambiguous(tmp_path: Path) -> None:
    """Two connections with one name and no address: what belongs to one of them is left out and counted."""
    files = {
        "Profile.csv": archives.profile("Maya", "Lindgren"),
        "Connections.csv": archives.table(archives.CONNECTIONS_2021, [("Ugo", "Neri", "", "Alfa", "", "01 Jul 2022"), ("Ugo", "Neri", "", "Beta", "", "02 Jul 2022")]),
        "messages.csv": archives.table(archives.MESSAGES_2021, [("1", "", "Maya Lindgren", at("maya"), "Ugo Neri", "2022-08-20 11:00:00 UTC", "", "Ciao", "INBOX")]),
        "Recommendations_Received.csv": archives.table(archives.RECOMMENDATIONS, [("Ugo", "Neri", "Beta", "CTO", "Brava.", "2022-09-01", "VISIBLE")]),
    }
    outcome = read_files(archives.archive(tmp_path / "a.zip", files))
    assert [(record.contact.company, len(record.history)) for record in outcome.records] == [("Alfa", 1), ("Beta", 2)]
    assert outcome.left_out == {"ambiguous": 1}


def test_old_recommendations_are_separated_by_tabs(tmp_path: Path) -> None:
    """Before 2017 recommendations came with tabs between their fields, beside tables with commas."""
    given = [("Ines", "Okafor", "Northwind", "Baker", "Bakes, and \"knows\" why.", "07/06/16, 08:12 PM", "VISIBLE")]
    files = {
        "Connections.csv": archives.table(archives.CONNECTIONS_2021, [("Ines", "Okafor", "", "Northwind", "", "01 Jul 2015")]),
        "Recommendations_Given.csv": archives.table(archives.RECOMMENDATIONS, given, delimiter="\t", end="\r\n"),
    }
    record = read_files(archives.archive(tmp_path / "old.zip", files)).record("Ines Okafor")
    assert [(day, kind, direction) for day, kind, direction, _ in facts(record)] == [("2015-07-01", "connected", "both"), ("2016-07-06", "gave", "sent")]


def test_two_archives_at_once(tmp_path: Path) -> None:
    """The first mail's archive and the complete one overlap; together they hold nobody and nothing twice."""
    one = archives.archive(tmp_path / "Basic.zip", archives.of_2021())
    two = archives.archive(tmp_path / "Complete.zip", archives.of_2021())
    assert read_files(one, two).records == read_files(one).records


def test_loose_messages_need_an_owner(tmp_path: Path) -> None:
    """One conversation alone does not say which of the two is the user; the user can."""
    path = tmp_path / "messages.csv"
    path.write_text(archives.table(archives.MESSAGES_2023, [("1", "", "A One", at("a"), "B Two", at("b"), "2023-06-01 14:03:22 UTC", "", "Hello", "INBOX")]), encoding="utf-8")
    with pytest.raises(InputFileError, match="--owner"):
        read_files(path)
    for owner in ("B Two", at("b")):
        assert facts(read_files(path, owner=owner).record("A One")) == [("2023-06-01", "message", "received", "Hello")]


def test_loose_messages_show_who_is_everywhere(tmp_path: Path) -> None:
    """Who takes part in every conversation is the owner."""
    rows = [(str(i), "", f"P{i} X", at(f"p{i}"), "Me Myself", at("me"), "2023-06-01 14:03:22 UTC", "", "Hello", "INBOX") for i in range(3)]
    path = tmp_path / "messages.csv"
    path.write_text(archives.table(archives.MESSAGES_2023, rows), encoding="utf-8")
    assert read_files(path).names == ["P0 X", "P1 X", "P2 X"]


def test_a_table_without_its_header(tmp_path: Path) -> None:
    """The error names the file, what was expected and the first line."""
    path = tmp_path / "Connections.csv"
    path.write_text("Ines,Okafor,https://www.linkedin.com/in/ines,,Northwind,Director,08 Feb 2023\n", encoding="utf-8")
    with pytest.raises(InputFileError, match=r"Connections\.csv: expected a row with the columns connected on, first name, last name .* 'Ines,Okafor"):
        read_files(path)
    files = archives.of_2023() | {"Connections.csv": "Ines,Okafor,,,,,\n"}
    with pytest.raises(InputFileError, match=r"Connections\.csv: expected a row"):
        read_files(archives.archive(tmp_path / "a.zip", files))

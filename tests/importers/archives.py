"""Archives as LinkedIn has written them in each era: header, quoting, preamble, dates and line ends of the time; people are made up."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see email '
    'addresses for connections who have allowed their connections to see or download their email address using this setting '
    'https://www.linkedin.com/psettings/privacy/email. You can learn more here https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)
CONNECTIONS_2021 = ("First Name", "Last Name", "Email Address", "Company", "Position", "Connected On")
CONNECTIONS_2023 = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
MESSAGES_2019 = ("FROM", "TO", "DATE", "SUBJECT", "CONTENT", "DIRECTION", "FOLDER")
MESSAGES_2021 = ("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "DATE", "SUBJECT", "CONTENT", "FOLDER")
MESSAGES_2023 = (*MESSAGES_2021[:5], "RECIPIENT PROFILE URLS", *MESSAGES_2021[5:])
MESSAGES_2025 = (*MESSAGES_2023, "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT")
INVITATIONS_2021 = ("From", "To", "Sent At", "Message", "Direction")
INVITATIONS_2023 = (*INVITATIONS_2021, "inviterProfileUrl", "inviteeProfileUrl")
ENDORSED_2022 = ("Endorsement Date", "Skill Name", "Endorser First Name", "Endorser Last Name", "Endorsement Status")
ENDORSED_2023 = ("Endorsement Date", "Skill Name", "Endorser First Name", "Endorser Last Name", "Endorser Public Url", "Endorsement Status")
ENDORSING_2023 = tuple(name.replace("Endorser", "Endorsee") for name in ENDORSED_2023)
RECOMMENDATIONS = ("First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status")
NOTES = ("Connection First Name", "Connection Last Name", "Connection Profile URL", "Note", "Created On", "Edited On")
PROFILE = ("First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary", "Industry", "Zip Code", "Geo Location", "Twitter Handles", "Websites", "Instant Messengers")
SPIN = '<p class="spinmail-quill-editor__spin-break">'
Rows = Iterable[tuple[str, ...]]


def at(slug: str) -> str:
    """Return a profile's address."""
    return f"https://www.linkedin.com/in/{slug}"


def table(header: tuple[str, ...], rows: Rows, *, quote_all: bool = False, delimiter: str = ",", end: str = "\n", last_end: bool = True) -> str:
    """Return a table as CSV."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(out, quoting=quoting, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue() if last_end else out.getvalue().removesuffix(end)


def profile(first: str, last: str) -> str:
    """Return the owner's Profile.csv."""
    return table(PROFILE, [(first, last, "", "", "", "Designer", "", "Software", "", "Oslo", "", "", "")])


def archive(path: Path, files: Mapping[str, str | bytes], folder: str = "") -> Path:
    """Write a zip archive and return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(folder + name, content)
    return path


def of_2019() -> dict[str, str]:
    """Names alone tell who is who; times are ISO; a column gives the direction."""
    return {
        "Connections.csv": table(CONNECTIONS_2021, [("Priya", "Raman", "", "Fabrikam", "Analyst", "12 Mar 2018")], last_end=False),
        "messages.csv": table(MESSAGES_2019, [
            ("Priya Raman", "Maya Lindgren", "2019-04-02T09:15:00+00:00", "", "Coffee next week?", "INCOMING", "INBOX"),
            ("Maya Lindgren", "Priya Raman", "2019-04-02T10:01:12+00:00", "", "Tuesday works.", "OUTGOING", "INBOX"),
            ("Maya Lindgren", "Ola Nilsen", "2019-05-01T08:00:00+00:00", "Your talk", "I liked it.", "OUTGOING", "INBOX"),
        ]),
    }  # fmt: skip


def of_2021() -> dict[str, str]:
    """No preamble, no addresses of connections and recipients."""
    return {
        "Profile.csv": profile("Maya", "Lindgren"),
        "Connections.csv": table(CONNECTIONS_2021, [
            ("Priya", "Raman", "", "Fabrikam", "Data Analyst", "12 Mar 2021"),
            ("Theo", "Grant", "theo.grant@example.com", "Contoso, Ltd.", "Sales Lead", "03 Nov 2019"),
            ("Lena", "Vogt", "", "Northwind", "Engineer, Platform", "28 Feb 2020"),
        ], last_end=False),
        "messages.csv": table(MESSAGES_2021, [
            ("2-YQ==", "", "Priya Raman", at("priya-raman-77"), "Maya Lindgren", "2021-04-02 09:15:00 UTC", "", "Thanks for connecting!  Coffee next week?", "INBOX"),
            ("2-YQ==", "", "Maya Lindgren", at("maya-lindgren"), "Priya Raman", "2021-04-02 10:01:12 UTC", "", "Sure - Tuesday works.", "INBOX"),
            ("2-Yg==", "Spring offsite", "Theo Grant", at("theogrant"), "Maya Lindgren, Lena Vogt", "2021-04-20 16:00:00 UTC", "", "Agenda attached", "INBOX"),
            ("2-Yg==", "Spring offsite", "Lena Vogt", at("lena-vogt"), "Maya Lindgren, Theo Grant", "2021-04-20 16:30:00 UTC", "", "Looks good", "INBOX"),
            ("2-Yw==", "", "LinkedIn Member", "", "Maya Lindgren", "2021-05-01 08:00:00 UTC", "", "Hi Maya, I came across your profile", "INBOX"),
            ("2-ZA==", "", "Maya Lindgren", at("maya-lindgren"), "Noor Haddad", "2021-05-03 08:00:00 UTC", "", "Good luck with the launch!", "ARCHIVE"),
        ]),
        "Invitations.csv": table(INVITATIONS_2021, [
            ("Maya Lindgren", "Priya Raman", "3/12/21, 4:05 PM", "", "OUTGOING"),
            ("Jonas Berg", "Maya Lindgren", "5/10/21, 9:41 AM", "Hi Maya, we met at the meetup.", "INCOMING"),
        ]),
    }  # fmt: skip


def of_2022() -> dict[str, str]:
    """A preamble, hidden members, names with commas, endorsements without addresses."""
    return {
        "Profile.csv": profile("Maya", "Lindgren"),
        "Connections.csv": PREAMBLE + table(CONNECTIONS_2021, [
            ("Priya", "Raman", "", "Fabrikam", "Senior Data Analyst", "12 Mar 2021"),
            ("Ravi", "Menon", "", "Litware", "CTO", "01 Jul 2022"),
            ("Jane", "Doe, Ph.D.", "", "Tailspin", "Researcher", "15 Aug 2022"),
            ("", "", "", "", "", "07 Jun 2022"),
            ("", "", "", "", "", "19 Aug 2022"),
        ], last_end=False),
        "messages.csv": table(MESSAGES_2021, [
            ("2-ZA==", "Research sync", "Ravi Menon", at("ravimenon"), "Maya Lindgren, Jane Doe, Ph.D.", "2022-08-20 11:00:00 UTC", "", "Can we meet Friday?", "INBOX"),
            ("2-ZA==", "Research sync", "Maya Lindgren", at("maya-lindgren"), "Ravi Menon, Jane Doe, Ph.D.", "2022-08-20 12:00:00 UTC", "", "Booked", "INBOX"),
            ("2-ZQ==", "", "Maya Lindgren", at("maya-lindgren"), "Jane Doe, Ph.D.", "2022-09-01 07:30:00 UTC", "", "Congrats on the paper", "ARCHIVE"),
        ]),
        "Endorsement_Received_Info.csv": table(ENDORSED_2022, [
            ("2022/06/20 13:05:02 UTC", "User Research", "Priya", "Raman", "ACCEPTED"),
            ("2022/06/20 13:05:09 UTC", "Sketching", "Priya", "Raman", "ACCEPTED"),
            ("2022/06/21 13:05:09 UTC", "Figma", "Priya", "Raman", "HIDDEN"),
        ]),
        "Recommendations_Received.csv": table(RECOMMENDATIONS, [("Ravi", "Menon", "Litware", "CTO", "Maya sees what users need.", "07/05/22, 08:12 PM", "VISIBLE")]),
        "Recommendations_Given.csv": table(RECOMMENDATIONS, [("Priya", "Raman", "Fabrikam", "Data Analyst", "Priya explains numbers.", "07/06/22, 08:12 PM", "VISIBLE")]),
    }  # fmt: skip


def of_2023() -> dict[str, str]:
    """Addresses everywhere; campaigns, spam, a group, and the assistants' empty tables."""
    return {
        "Profile.csv": profile("Jordan", "Pike"),
        "Connections.csv": PREAMBLE + table(CONNECTIONS_2023, [
            ("Ines", "Okafor-Lindqvist", at("ines-okafor"), "", "Northwind Analytics, Inc.", "Director of People Ops", "08 Feb 2023"),
            ("Tomás", "Reyes", at("tomasreyes"), "tomas.reyes@example.org", "Contoso", "Engineer, Platform", "14 Nov 2019"),
            ("Wren", "Hale, PhD", at("wren-hale"), "", "Fabrikam", "Research Lead", "05 Mar 2021"),
            ("", "", "", "", "", "", "02 Oct 2023"),
        ], last_end=False),
        "messages.csv": table(MESSAGES_2023, [
            ("2-Zg==", "", "Ines Okafor-Lindqvist", at("ines-okafor"), "Jordan Pike", at("jordanpike"), "2023-06-01 14:03:22 UTC", "", "Free Thursday?", "INBOX"),
            ("2-Zg==", "", "Jordan Pike", at("jordanpike"), "Ines Okafor-Lindqvist", at("ines-okafor"), "2023-06-01 15:10:00 UTC", "", "Thursday it is.", "INBOX"),
            ("2-Zw==", "Platform guild", "Jordan Pike", at("jordanpike"), "Tomás Reyes, Wren Hale, PhD", f"{at('tomasreyes')},{at('wren-hale')}", "2023-07-10 08:00:00 UTC", "", "Kickoff on Friday", "INBOX"),
            ("2-aA==", "Grow your pipeline", "Casey Morgan", "", "Jordan Pike", at("jordanpike"), "2023-08-01 10:00:00 UTC", "", SPIN + "Hi %FIRSTNAME%,</p><p>Our <strong>webinar</strong></p>", "INBOX"),
            ("2-aQ==", "", "LinkedIn Member", "", "Jordan Pike", at("jordanpike"), "2023-08-03 09:00:00 UTC", "", "Quick question about your team", "INBOX"),
            ("2-ag==", "", "Rex Dorn", at("rex-dorn"), "Jordan Pike", at("jordanpike"), "2023-08-05 02:00:00 UTC", "", "Guaranteed returns!!!", "SPAM"),
            ("2-aw==", "", "Ama Owusu", at("ama-owusu"), "Jordan Pike", at("jordanpike"), "sometime in August", "", "Hello there", "INBOX"),
        ]),
        "guide_messages.csv": table(MESSAGES_2023, [("2-aw==", "", "Guide", "", "Jordan Pike", "", "2023-08-05 02:00:00 UTC", "", "How can I help?", "INBOX")]),
        "Invitations.csv": table(INVITATIONS_2023, [
            ("Jordan Pike", "Ines Okafor-Lindqvist", "2/7/23, 2:37 PM", "", "OUTGOING", at("jordanpike"), at("ines-okafor")),
            ("Ama Owusu", "Jordan Pike", "10/2/23, 11:05 AM", "Your talk stayed with me.", "INCOMING", at("ama-owusu"), at("jordanpike")),
        ]),
        "Endorsement_Received_Info.csv": table(ENDORSED_2023, [("2023/06/20 13:05:02 UTC", "Leadership", "Tomás", "Reyes", "www.linkedin.com/in/tomasreyes", "ACCEPTED")]),
        "Endorsement_Given_Info.csv": table(ENDORSING_2023, [("2023/06/21 13:05:02 UTC", "Kubernetes", "Tomás", "Reyes", "www.linkedin.com/in/tomasreyes", "ACCEPTED")]),
    }  # fmt: skip


def of_2025() -> dict[str, str]:
    """Attachments and drafts."""
    return {
        "Profile.csv": profile("Jordan", "Pike"),
        "Connections.csv": PREAMBLE + table(CONNECTIONS_2023, [("Kofi", "Mensah", at("kofi-mensah"), "", "Adatum", "Designer", "30 Jul 2025")], last_end=False),
        "messages.csv": table(MESSAGES_2025, [
            ("2-aw==", "", "Kofi Mensah", at("kofi-mensah"), "Jordan Pike", at("jordanpike"), "2025-08-01 09:00:00 UTC", "", "Here are the mockups", "INBOX", "https://www.linkedin.com/dms/a,https://www.linkedin.com/dms/b", "No", "No"),
            ("2-aw==", "", "Jordan Pike", at("jordanpike"), "Kofi Mensah", at("kofi-mensah"), "2025-08-01 09:30:00 UTC", "", "Love the second one", "INBOX", "", "No", "No"),
            ("2-aw==", "", "Jordan Pike", at("jordanpike"), "Kofi Mensah", at("kofi-mensah"), "2025-08-02 18:00:00 UTC", "", "half-written reply", "INBOX", "", "Yes", "No"),
            ("2-bA==", "", "Jordan Pike", at("jordanpike"), "Ines Okafor", at("ines-okafor"), "2025-08-02 18:00:00 UTC", "", "never sent", "INBOX", "", "No", "true"),
        ]),
        "learning_coach_messages.csv": table(MESSAGES_2023, []),
        "LearningCoachMessages.csv": "No conversations found\n",
    }  # fmt: skip


def of_2026() -> dict[str, str]:
    """Every field of the messages quoted, with line breaks within; notes; an accepted invitation that repeats its note."""
    return {
        "Profile.csv": profile("Jordan", "Pike"),
        "Connections.csv": PREAMBLE + table(CONNECTIONS_2023, [
            ("Kofi", "Mensah", at("kofi-mensah"), "", "Adatum", "Lead Designer", "30 Jul 2025"),
            ("Zoë", "Brandt", at("zo%C3%AB-brandt"), "", "Woodgrove", '"Chief" of Staff', "14 Jan 2026"),
            ("", "", "", "", "", "", "21 Feb 2026"),
        ], last_end=False),
        "messages.csv": table(MESSAGES_2025[:-2], [
            ("2-bQ==", "", "Zoë Brandt", at("zo%C3%AB-brandt"), "Jordan Pike", at("jordanpike"), "2026-01-14 13:02:00 UTC", "", "We met at the fair.", "INBOX", ""),
            ("2-bQ==", "", "Zoë Brandt", at("zo%C3%AB-brandt"), "Jordan Pike", at("jordanpike"), "2026-02-01 08:00:00 UTC", "", "Hi Jordan,\nthanks for the call.\n\n- hiring plan\n- budget", "INBOX", ""),
            ("2-bQ==", "", "Jordan Pike", at("jordanpike"), "Zoë Brandt", at("zo%C3%AB-brandt"), "2026-02-01 09:15:00 UTC", "", 'Great, "next steps" agreed.\r\nTalk soon', "INBOX", ""),
            ("2-bg==", "Design crit", "Kofi Mensah", at("kofi-mensah"), "Jordan Pike, Zoë Brandt", f"{at('jordanpike')},{at('zo%C3%AB-brandt')}", "2026-02-10 14:00:00 UTC", "", "Round two", "INBOX", ""),
        ], quote_all=True),
        "LearningCoachMessages.csv": "No conversations found\n",
        "Comments_34875879.csv": table(("Date", "Link", "Message"), [("2026-01-05 10:00:00", "https://www.linkedin.com/feed/update/1", "Great write-up")]),
        "Notes.csv": table(NOTES, [("Kofi", "Mensah", at("kofi-mensah"), "met at design week", "2025-07-30 18:20:00 UTC", "")]),
        "Invitations.csv": table(INVITATIONS_2023, [("Zoë Brandt", "Jordan Pike", "1/14/26, 7:02 AM", "We met at the fair.", "INCOMING", at("zo%C3%AB-brandt"), at("jordanpike"))]),
        "Articles/Articles/an-article.html": "<html><body><p>Text</p></body></html>\n",
    }  # fmt: skip

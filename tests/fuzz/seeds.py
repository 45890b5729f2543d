"""What well-formed input looks like, so that fuzzing gets past the first line."""

from __future__ import annotations

_VCARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada One\r\nN:One;Ada;;;\r\nEMAIL;TYPE=work:ada@example.org\r\nBDAY:1980-02-03\r\nNOTE:Met\r\n in Rome\r\nEND:VCARD\r\n"
_GOOGLE = b"First Name,Last Name,E-mail 1 - Value,Organization Name,Birthday,Notes\nAda,One,ada@example.org,Mill,1980-02-03,Met in Rome\n"
_MBOX = b"From ada@example.org Thu May 14 10:00:00 2026\nFrom: Ada <ada@example.org>\nTo: A One <a@example.org>\nDate: Thu, 14 May 2026 10:00:00 +0200\nSubject: =?utf-8?q?H=C3=AB?=\nContent-Type: text/plain; charset=utf-8\n\nHello\n"
_JSON = b'{"coltiva": 2, "contacts": [{"id": "c1", "name": "Ada One", "emails": ["ada@example.org"], "events": [{"id": "e1", "kind": "met", "date": "2026-05-01"}]}]}'
_CONNECTIONS = b"Notes:\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\nAda,One,https://www.linkedin.com/in/ada,,Mill,Miller,14 May 2026\n"
_MESSAGES = b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n1,,Ada One,https://www.linkedin.com/in/ada,A One,https://www.linkedin.com/in/a,2026-05-14 10:00:00 UTC,,Hi,INBOX\n"
_INVITATIONS = b'From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\nAda One,A One,"5/14/26, 10:00 AM",Hi,INCOMING,https://www.linkedin.com/in/ada,https://www.linkedin.com/in/a\n'
_ENDORSED = b"Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status\n2026/05/14 10:00:00 UTC,Milling,Ada,One,www.linkedin.com/in/ada,ACCEPTED\n"
_RECOMMENDATIONS = b'First Name,Last Name,Company,Job Title,Text,Creation Date,Status\nAda,One,Mill,Miller,Good,"05/14/26, 10:00 AM",VISIBLE\n'
_PROFILE = b"First Name,Last Name,Headline\nA,One,Miller\n"

# In the order of the endings in fuzz.py; the first byte chooses the ending.
_FILES = (_VCARD, _GOOGLE, _MBOX, _JSON, b"PK\x05\x06" + bytes(18), _CONNECTIONS, _MESSAGES, _INVITATIONS, _ENDORSED, _RECOMMENDATIONS, _PROFILE)
_RULE = b"kind: introduction\nneeds: credibility\nlists: {who: [you, we]}\nphrases:\n  - (can|could) @who [please] introduce~ ...3 <name>\nunless: [not introduce]\nexamples:\n  flag: [Could you introduce me?]\n  pass: [I introduced her.]\n"

SEEDS: dict[str, list[bytes]] = {
    "import": [bytes([number]) + file for number, file in enumerate(_FILES)],
    "rules": [_RULE, b"extends: en/asks/meeting\nadd: {unless: [next year]}\n"],
    "phrase": [b"(can|could) you [please] introduce~ ...3 @who to <name> ?", b"hi (<time>|<money>) [soon]"],
    "lint": [b"Hi Ada,\n\nCould you introduce me to your editor? \xf0\x9f\x98\x80 https://a.example 5 EUR\n\n-- \nA", b"On Monday, Ada wrote:\n> Dear A\nLet me know if you hear of anything."],
}

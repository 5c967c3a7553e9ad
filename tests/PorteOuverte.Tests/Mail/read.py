"""Reads a mail as strictly as Python can, and prints what it found as JSON: read.py FILE."""

import email
import email.header
import email.policy
import email.utils
import json
import sys

raw = open(sys.argv[1], "rb").read()
mail = email.message_from_bytes(raw, policy=email.policy.default)
old = email.message_from_bytes(raw)
parts = [p for p in mail.walk() if not p.is_multipart()]


def defects(part):
    found = [repr(d) for d in part.defects]
    for _, value in part.items():
        found += [repr(d) for d in value.defects]
    return found


def address(header):
    if mail[header] is None:
        return None
    one = mail[header].addresses
    assert len(one) == 1, one
    # The name by the older reader: the newer one of Python 3.11 leaves a space between two encoded words.
    name, _ = email.utils.parseaddr(old[header].replace("\r\n", ""))
    return [str(email.header.make_header(email.header.decode_header(name))), one[0].addr_spec]


json.dump(
    {
        "headers": [name for name, _ in mail.items()],
        "subject": mail["Subject"],
        "from": address("From"),
        "to": address("To"),
        "replyTo": address("Reply-To"),
        "messageId": mail["Message-ID"],
        "date": mail["Date"].datetime.isoformat(),
        "types": [p.get_content_type() for p in parts],
        "contents": [p.get_content() for p in parts],
        "defects": [d for p in mail.walk() for d in defects(p)],
        "longestLine": max(len(line) for line in raw.split(b"\r\n")),
        "bare": raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"),
        "ascii": all(b < 128 for b in raw),
    },
    sys.stdout,
)

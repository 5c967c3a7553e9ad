"""A real mail server for the tests (Debian's python3-aiosmtpd). It answers as the recipient's name says.

server.py FOLDER [CERTIFICATE KEY]: listens on a free port of 127.0.0.1 and prints it. What it took lies in FOLDER,
one file for each acceptance, "taken-N.eml"; what it read without answering, "swallowed-N.eml".
On a line "stop POINT" from its input, it halts for ever there in the next conversation, and prints "reached POINT".
"""

import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder = pathlib.Path(sys.argv[1])
stop_at = None
later = set()


def say(line):
    print(line, flush=True)


async def point(name):
    global stop_at
    if stop_at == name:
        stop_at = None
        say("reached " + name)
        await asyncio.Event().wait()


def keep(kind, content):
    number = len(list(folder.glob(kind + "-*.eml"))) + 1
    (folder / f"{kind}-{number}.eml").write_bytes(content)


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        await point("greeting" if session.ssl is None else "secured")
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        await point("mail")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        await point("rcpt")
        name = address.split("@")[0]
        if name == "later" and address not in later:
            later.add(address)
            return "451 4.7.1 Greylisted, come back later"
        if name == "nobody":
            return "550 5.1.1 No such mailbox here"
        if name == "hangup" and address not in later:
            later.add(address)
            server.transport.abort()
            return "250 never read"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await point("content")
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "swallow" and name not in later:
            later.add(name)
            keep("swallowed", envelope.original_content)
            server.transport.abort()
            return "250 never read"
        if name == "silent":
            await asyncio.Event().wait()
        if name == "full":
            return "452 4.2.2 Mailbox full"
        if name == "virus":
            return "554 5.7.1 We do not like what it says"
        keep("taken", envelope.original_content)
        return "250 2.0.0 Taken\r\n" if name != "talkative" else "250-2.0.0 Taken\r\n250-and kept\r\n250 with care"

    async def handle_QUIT(self, server, session, envelope):
        await point("quit")
        return "221 Bye"


class Server(SMTP):
    async def smtp_DATA(self, arg):
        await point("data")
        await super().smtp_DATA(arg)


def who(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"claire", "clé sûre".encode())
    return AuthResult(success=right, handled=False)


async def commands(loop):
    global stop_at
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        stop_at = line.decode().split()[1]
        say("will stop")


def main():
    context = None
    options = set(sys.argv[4:])
    if len(sys.argv) > 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    at_once = "tls" in options
    handler = Handler()
    server = loop.run_until_complete(
        loop.create_server(
            lambda: Server(
                handler,
                hostname="mx.example.fr",
                tls_context=None if at_once else context,
                require_starttls=context is not None and not at_once,
                authenticator=who,
                auth_require_tls=not at_once,
                auth_exclude_mechanism=["PLAIN"] if "login" in options else [],
                auth_required="auth" in options,
                loop=loop,
            ),
            "127.0.0.1",
            0,
            ssl=context if at_once else None,
        )
    )
    say(f"port {server.sockets[0].getsockname()[1]}")
    loop.run_until_complete(commands(loop))


main()

"""Delivery status notifications as mail servers write them, about a mail of ours."""

POSTFIX = """\
Return-Path: <>
Date: Tue, 17 Nov 2026 12:13:31 +0000 (UTC)
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: letters@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4XtN2q1YlVz9sW.1763381611/mail.example.org"
Message-Id: <20261117121331.8C1F2A0@mail.example.org>

This is a MIME-encapsulated message.

--4XtN2q1YlVz9sW.1763381611/mail.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.org.

<alena@example.net>: host mx.example.net[192.0.2.7] said: 550 5.1.1
    <alena@example.net>: Recipient address rejected: User unknown (in reply to
    RCPT TO command)

--4XtN2q1YlVz9sW.1763381611/mail.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 4XtN2q1YlVz9sW
X-Postfix-Sender: rfc822; letters@example.org
Arrival-Date: Tue, 17 Nov 2026 12:13:29 +0000 (UTC)

Final-Recipient: rfc822; alena@example.net
Original-Recipient: rfc822;alena@example.net
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.1.1 <alena@example.net>: Recipient address
    rejected: User unknown

--4XtN2q1YlVz9sW.1763381611/mail.example.org
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <letters@example.org>
Content-Type: text/plain; charset="utf-8"
Subject: Your code
From: letters@example.org
To: alena@example.net
Date: Tue, 17 Nov 2026 12:13:29 -0000
Message-ID: {message_id}

--4XtN2q1YlVz9sW.1763381611/mail.example.org--
"""

GMAIL = """\
Received: by 2002:a05:6512:3c97 with SMTP id h23; Tue, 17 Nov 2026 04:13:31 -0800 (PST)
Content-Type: multipart/report; boundary="000000000000b1a2c3062f0e1d2c"; report-type=delivery-status
To: letters@example.org
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
References: {message_id}
In-Reply-To: {message_id}
X-Failed-Recipients: alena@gmail.example
Message-ID: <673a1b2c.050a0220.1a2b3c.4d5e.GMR@mx.google.com>
Date: Tue, 17 Nov 2026 04:13:31 -0800 (PST)

--000000000000b1a2c3062f0e1d2c
Content-Type: multipart/related; boundary="000000000000b1a2c4062f0e1d2e"

--000000000000b1a2c4062f0e1d2e
Content-Type: multipart/alternative; boundary="000000000000b1a2cb062f0e1d2f"

--000000000000b1a2cb062f0e1d2f
Content-Type: text/plain; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

** Address not found **

Your message wasn't delivered to alena@gmail.example because the address couldn't be found, =
or is unable to receive mail.

--000000000000b1a2cb062f0e1d2f
Content-Type: text/html; charset="UTF-8"

<html><body><p>Address not found</p></body></html>

--000000000000b1a2cb062f0e1d2f--

--000000000000b1a2c4062f0e1d2e
Content-Type: image/png; name="icon.png"
Content-Transfer-Encoding: base64
Content-ID: <icon.png>

iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==

--000000000000b1a2c4062f0e1d2e--

--000000000000b1a2c3062f0e1d2c
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; letters@example.org
Arrival-Date: Tue, 17 Nov 2026 04:13:29 -0800 (PST)
X-Original-Message-ID: {message_id}

Final-Recipient: rfc822; alena@gmail.example
Action: {action}
Status: {status}
Remote-MTA: dns; gmail-smtp-in.l.google.com. (192.0.2.26, the server for the domain gmail.example.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
 550 5.1.1  https://support.google.com/mail/?p=NoSuchUser - gsmtp
Last-Attempt-Date: Tue, 17 Nov 2026 04:13:31 -0800 (PST)

--000000000000b1a2c3062f0e1d2c
Content-Type: message/rfc822

DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=google; h=from; bh=x; b=y
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 7bit
MIME-Version: 1.0
Subject: Your code
From: letters@example.org
To: alena@gmail.example
Date: Tue, 17 Nov 2026 12:13:29 -0000
Message-ID: {message_id}

Your code: 123456

--000000000000b1a2c3062f0e1d2c--
"""

EXCHANGE = """\
From: Microsoft Outlook
 <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.org>
To: letters@example.org
Date: Tue, 17 Nov 2026 12:13:33 +0000
Content-Type: multipart/report; report-type=delivery-status;
 boundary="b0f6a2c4-51a5-4b0e-9c5f-1f0e7f6d3a21"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: en-US
Message-ID: <4f8d2a1c-0b3e-4d5f-8a7b-6c5d4e3f2a1b@AM0PR01MB1234.eurprd01.prod.exchangelabs.com>
In-Reply-To: {message_id}
References: {message_id}
Subject: Undeliverable: Your code
Auto-Submitted: auto-replied
MIME-Version: 1.0

--b0f6a2c4-51a5-4b0e-9c5f-1f0e7f6d3a21
Content-Type: multipart/alternative; differences=Content-Type;
 boundary="f7d1c3b5-2a4e-4c6d-8e9f-0a1b2c3d4e5f"

--f7d1c3b5-2a4e-4c6d-8e9f-0a1b2c3d4e5f
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to alena@outlook.example couldn't be delivered.
alena wasn't found at outlook.example.

--f7d1c3b5-2a4e-4c6d-8e9f-0a1b2c3d4e5f
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

<html><body><p>Your message to <b>alena@outlook.example</b> couldn't be delivered.</p></body></html>

--f7d1c3b5-2a4e-4c6d-8e9f-0a1b2c3d4e5f--

--b0f6a2c4-51a5-4b0e-9c5f-1f0e7f6d3a21
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR01MB1234.eurprd01.prod.exchangelabs.com
Received-From-MTA: dns;mail.example.org
Arrival-Date: Tue, 17 Nov 2026 12:13:31 +0000

Final-Recipient: rfc822;alena@outlook.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address
 lookup
X-Display-Name: alena@outlook.example


--b0f6a2c4-51a5-4b0e-9c5f-1f0e7f6d3a21
Content-Type: message/rfc822

Received: from mail.example.org (192.0.2.9) by AM0PR01MB1234.eurprd01.prod.exchangelabs.com
Content-Type: text/plain; charset="utf-8"
MIME-Version: 1.0
Subject: Your code
From: <letters@example.org>
To: <alena@outlook.example>
Message-ID:
 {message_id}

Your code: 123456

--b0f6a2c4-51a5-4b0e-9c5f-1f0e7f6d3a21--
"""
FORMS = {"Postfix": POSTFIX, "Gmail": GMAIL, "Exchange": EXCHANGE}


def bounce(
    message_id: str, *, form: str = POSTFIX, action: str = "failed", status: str = "5.1.1"
) -> bytes:
    return form.format(message_id=message_id, action=action, status=status).encode()

"""Six digits by mail: made when the mail goes out, kept as a keyed hash, good for five tries."""

import enum
import secrets
from datetime import timedelta

from django.core import signing
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from letters.models import Code, Letter

CODE_GOOD_FOR = timedelta(minutes=30)
TRIES = 5
LINK_SALT = "letters.confirm"
DIGEST_IN_LINK = 16


class Verdict(enum.Enum):
    RIGHT = enum.auto()
    WRONG = enum.auto()
    WORN_OUT = enum.auto()


def make_code(*, letter: Letter, purpose: str) -> tuple[str, Code]:
    """New digits, in clear for the mail only; every older code of that purpose is void."""
    digits = f"{secrets.randbelow(1_000_000):06}"
    code, _ = Code.objects.update_or_create(
        letter=letter,
        purpose=purpose,
        defaults={
            "digest": _digest(letter, purpose, digits),
            "expires_at": timezone.now() + CODE_GOOD_FOR,
            "tries_left": TRIES,
            "used_at": None,
        },
    )
    return digits, code


def check_code(*, letter: Letter, purpose: str, digits: str) -> Verdict:
    """Uses the code up if the digits are right; a wrong one costs a try."""
    code = Code.objects.usable().filter(letter=letter, purpose=purpose).first()
    if code is None:
        return Verdict.WORN_OUT
    if not constant_time_compare(code.digest, _digest(letter, purpose, digits)):
        Code.objects.filter(id=code.id, tries_left__gt=0).update(tries_left=F("tries_left") - 1)
        return Verdict.WRONG if code.tries_left > 1 else Verdict.WORN_OUT
    return Verdict.RIGHT if use_code(code) else Verdict.WORN_OUT


def use_code(code: Code) -> bool:
    """True for the first to use it, False for everybody after."""
    return bool(Code.objects.usable().filter(id=code.id).update(used_at=timezone.now()))


def link_token(code: Code) -> str:
    """What the mailed link carries: a signed id, void as soon as a newer code is mailed."""
    return signing.Signer(salt=LINK_SALT).sign(f"{code.letter_id}.{code.digest[:DIGEST_IN_LINK]}")


def letter_and_code_of_link(token: str) -> tuple[Letter, Code | None]:
    """Raises Letter.DoesNotExist for a token that we never made. No code: a newer one exists."""
    try:
        id, digest = signing.Signer(salt=LINK_SALT).unsign(token).split(".")
    except (signing.BadSignature, ValueError) as error:
        raise Letter.DoesNotExist("not a link of ours") from error
    letter = Letter.objects.select_related("signatory__campaign").get(id=id)
    code = letter.codes.filter(purpose=Code.Purpose.CONFIRM, digest__startswith=digest).first()
    return letter, code


def _digest(letter: Letter, purpose: str, digits: str) -> str:
    return salted_hmac(f"{purpose}:{letter.id}", digits, algorithm="sha256").hexdigest()

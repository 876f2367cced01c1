"""Signs in for Schemathesis, as the account the environment names; see scripts/fuzz-api."""

import json
import os
import time
import unicodedata
import urllib.error
import urllib.request

import schemathesis

BASE = os.environ["FUZZ_URL"]
ACCOUNT = {"username": os.environ["FUZZ_USER"], "password": os.environ["FUZZ_PASSWORD"]}


def sign_in():
    """A token. Wrong passwords are among what is sent, so the name may have to wait: as long as it is told to."""
    body = json.dumps(ACCOUNT).encode()
    request = urllib.request.Request(f"{BASE}/api/v1/auth/login", body, {"Content-Type": "application/json"})
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)["access_token"]
        except urllib.error.HTTPError as refused:
            if refused.code != 429:
                raise
            time.sleep(int(refused.headers["Retry-After"]))


@schemathesis.auth(refresh_interval=300)
class Token:
    """One token for five minutes; signing out ends a session of its own."""

    def get(self, case, context):
        return sign_in()

    def set(self, case, token, context):
        own = case.operation.path.endswith(("/auth/logout", "/me/password"))
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {sign_in() if own else token}"


def says_less(value):
    """Whether a long text in it is shorter once it is composed and trimmed."""
    if isinstance(value, str):
        return len(value) > 20 and len(unicodedata.normalize("NFC", value).strip()) < len(value)
    if isinstance(value, dict):
        return any(says_less(part) for part in value.values())
    return isinstance(value, list) and any(says_less(part) for part in value)


@schemathesis.hook
def filter_body(context, body):
    """Texts are composed to NFC and trimmed before they are measured, which a schema cannot say."""
    return not says_less(body)

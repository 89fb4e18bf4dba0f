"""A provider of OpenID Connect on the loopback: it describes itself, gives codes, and tokens for them, once each."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "carrel", "only-for-tests"
Sign = Callable[[dict[str, Any]], str]


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """What the tests tell it to say."""

    def __init__(self) -> None:
        self.key = new_key()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        self.forget()

    def forget(self) -> None:
        """Say again what a sound provider says."""
        self.asked: list[str] = []
        self.codes: dict[str, tuple[dict[str, str], dict[str, Any]]] = {}
        self.described: dict[str, Any] = {}
        self.broken: dict[str, tuple[int, bytes]] = {}
        self.told: dict[str, Any] = {}
        self.sign: Sign = self.signed

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.key, "RS256", headers={"kid": "one"})

    def lets_in(self, address: str, sub: str, **claims: Any) -> str:
        """Somebody signs in at the address to which the library has led them: where they are sent back to."""
        question = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{self.issuer}/authorize?")
        assert question["client_id"] == CLIENT
        assert question["response_type"] == "code"
        assert question["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = question, {"sub": sub, **claims}
        back = urlsplit(question["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': question['state']})}"

    def description(self) -> dict[str, Any]:
        ways = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        told = {name: f"{self.issuer}/{way}" for name, way in ways.items()}
        told |= {"issuer": self.issuer, "userinfo_endpoint": f"{self.issuer}/userinfo"}
        return told | self.described

    def jwks(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def token(self, sent: dict[str, str]) -> dict[str, Any]:
        question, claims = self.codes.pop(sent["code"])
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == question["code_challenge"]
        assert (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET)
        assert sent["redirect_uri"] == question["redirect_uri"]
        now = int(time.time())
        stated = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": question["nonce"], **claims}
        return {"access_token": "opensesame", "token_type": "Bearer", "id_token": self.sign(stated)}


def _answering(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            way = urlsplit(self.path).path
            if way == "/userinfo":
                assert self.headers["Authorization"] == "Bearer opensesame"
            ways = {"/jwks": provider.jwks, "/userinfo": lambda: provider.told}
            self.answer(way, ways.get(way, provider.description))

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer("/token", lambda: provider.token({name: values[0] for name, values in sent.items()}))

        def answer(self, way: str, said: Callable[[], Any]) -> None:
            provider.asked.append(way)
            status, body = provider.broken.get(way) or (200, None)
            try:
                body = json.dumps(said()).encode() if body is None else body
            except (AssertionError, KeyError):
                status, body = 400, b'{"error": "invalid_grant"}'
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Answering

"""A small OpenID Connect provider on loopback: discovery, authorisation code with PKCE (S256), signed tokens, userinfo.

Real HTTP and real RS256 signatures; the person who would sign in there is `provider.claims`.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "la-chan", "bi-mat"


class Provider:
    def __init__(self):
        self.claims = {"sub": "u-1"}
        self.userinfo = None  # None: the same claims
        self.denies = False
        self.key = self.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes = {}
        self.tokens = {}
        self.requests = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def _handler(provider):
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args):
                pass

            def do_GET(self):
                address = urlsplit(self.path)
                provider.requests.append(address.path)
                answer = {
                    "/.well-known/openid-configuration": provider.discovery,
                    "/keys": provider.keys,
                    "/userinfo": lambda: provider.tokens[self.headers["Authorization"].removeprefix("Bearer ")],
                }
                if address.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", provider.authorize(one_each(address.query)))
                    self.end_headers()
                else:
                    self.answer(200, answer[address.path]())

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.answer(*provider.token(one_each(body)))

            def answer(self, status, payload):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(payload).encode())

        return Handler

    def discovery(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self):
        payload = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**payload, "kid": "k1", "alg": "RS256", "use": "sig"}]}

    def authorize(self, parameters):
        assert parameters["response_type"] == "code"
        assert parameters["code_challenge_method"] == "S256"
        back = {"state": parameters["state"]}
        if self.denies:
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(16)
            self.codes[back["code"]] = parameters
        return f"{parameters['redirect_uri']}?{urlencode(back)}"

    def token(self, parameters):
        known = self.codes.pop(parameters.get("code"), None)
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(parameters.get("code_verifier", "").encode()).digest()
        ).decode()
        right = (
            known
            and challenge.rstrip("=") == known["code_challenge"]
            and parameters["redirect_uri"] == known["redirect_uri"]
        )
        if not right or (parameters["client_id"], parameters["client_secret"]) != (CLIENT_ID, CLIENT_SECRET):
            return 400, {"error": "invalid_grant"}
        now, access = int(time.time()), secrets.token_urlsafe(16)
        self.tokens[access] = self.userinfo or self.claims
        signed = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, **self.claims}
        id_token = jwt.encode(signed, self.signing_key, algorithm="RS256", headers={"kid": "k1"})
        return 200, {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": id_token}


def one_each(query):
    return {name: values[0] for name, values in parse_qs(query).items()}

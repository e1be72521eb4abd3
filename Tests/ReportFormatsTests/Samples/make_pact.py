"""The Rust verifier's JSON, by pact-python: a provider that keeps one of three promises."""

import http.server
import json
import os
import threading

from sample import project, report

os.environ["PACT_DO_NOT_TRACK"] = "true"
folder = project("pact")
import pact  # noqa: E402

interactions = [("a score", "/score", 200, {"score": 0.5, "label": "good"}), ("no score", "/none", 404, None)]
interactions.append(("a gone path", "/gone", 200, None))


def interaction(description, path, status, body):
    response = {"status": status} | ({} if body is None else {"body": body})
    return {"description": description, "request": {"method": "GET", "path": path}, "response": response}


(folder / "web-scoring.json").write_text(
    json.dumps(
        {
            "consumer": {"name": "web"},
            "provider": {"name": "scoring"},
            "interactions": [interaction(*one) for one in interactions],
            "metadata": {"pactSpecification": {"version": "3.0.0"}},
        }
    )
)


class Provider(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"score": "high"} if self.path == "/score" else {}).encode()
        self.send_response(200 if self.path == "/score" else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Provider)
threading.Thread(target=server.serve_forever, daemon=True).start()
verifier = pact.Verifier("scoring", "127.0.0.1").add_transport(url=f"http://127.0.0.1:{server.server_port}")
verifier.add_source(folder / "web-scoring.json")
# What the verifier prints stands on standard output, where the counts of this script belong.
output = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
try:
    verifier.verify()
except RuntimeError:
    pass
os.dup2(output, 1)
(folder / "verification.json").write_text(json.dumps(verifier.results))
report(folder / "verification.json", "pact", len(interactions), 2)

"""The gunicorn settings of `manage.py run`; the supervisor passes the address and the number of workers."""

import os

from gunicorn.glogging import Logger

from config.logs import OneLine, plain_path


class QuietLogger(Logger):
    """Access lines without client, query or codes in a path."""

    def setup(self, cfg):
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(OneLine())

    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        return {name: atoms[name] for name in "msbM"} | {"U": plain_path(atoms["U"] or "")}


logger_class = QuietLogger
accesslog = errorlog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(b)sB %(M)sms"
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
# ours answers with a page below it (config.serving.bounds)
limit_request_line = 8190
graceful_timeout = 20
keepalive = 5
max_requests = 20000
max_requests_jitter = 2000
# heartbeats in memory: a slow disk must not look like a dead worker
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# config.serving.proxies decides whose headers are believed
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
control_socket_disable = True

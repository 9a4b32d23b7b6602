# The city form; docs/van-hanh.md says how to run it. What is installed is what uv.lock names, by hash.

FROM python:3.11-slim-trixie AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/opt/dondoc
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /src
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --no-install-project
COPY bot bot
COPY storage storage
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.11-slim-trixie
# pg_dump, for `dondoc backup`; as new as the server of compose.yaml
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 dondoc \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin dondoc \
    && install -d -o 10001 -g 10001 -m 0750 /data
COPY --from=build /opt/dondoc /opt/dondoc
# Nothing is written but to /data and /tmp.
ENV PATH=/opt/dondoc/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp/matplotlib \
    DONDOC_MONITOR__PORT=9464
USER 10001:10001
WORKDIR /data
EXPOSE 8090 9464
# Ready, not only alive: an upgrade takes the old replicas away once the new ones are healthy.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:9464/readyz', timeout=4)"]
ENTRYPOINT ["dondoc"]
CMD ["run", "--config", "/run/secrets/dondoc.toml"]

# Firsthand in a container: docs/deploying.md. Written to, at run time, are /data and /tmp alone.

FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/firsthand
WORKDIR /src
# The locked packages in a layer of their own: it stays the same as long as the lock does.
COPY requirements/run.lock requirements/run.lock
RUN /opt/firsthand/bin/pip install --no-deps --require-hashes --requirement requirements/run.lock
# What Firsthand can do without, as hashed as the rest: docker build --build-arg EXTRAS="meaning rota" …
ARG EXTRAS=""
COPY requirements/meaning.lock requirements/rota.lock requirements/meaning-large.lock requirements/
RUN for extra in ${EXTRAS}; do \
      /opt/firsthand/bin/pip install --no-deps --require-hashes --requirement "requirements/${extra}.lock" || exit 1; \
    done
COPY pyproject.toml README.md LICENSE manifest.json ./
COPY stories stories
COPY storage storage
COPY migrations migrations
COPY bot bot
COPY playground playground
COPY demo demo
RUN /opt/firsthand/bin/pip install --no-deps --no-build-isolation . \
    && /opt/firsthand/bin/python -m compileall -q /opt/firsthand/lib

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Firsthand" org.opencontainers.image.licenses="MIT"
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin firsthand \
    && install --directory --owner=firsthand --mode=0700 /data
COPY --from=build /opt/firsthand /opt/firsthand
ENV PATH=/opt/firsthand/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FIRSTHAND_HOST=0.0.0.0 \
    DATABASE_URL=sqlite:////data/firsthand.sqlite3
WORKDIR /data
VOLUME /data
USER 10001
EXPOSE 3000
# A process that only works has a port for its health alone.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["python", "-c", "import os, urllib.request as r; e = os.environ.get; p = e('FIRSTHAND_HEALTH_PORT') or e('FIRSTHAND_PORT') or '3000'; r.urlopen(f'http://127.0.0.1:{p}/healthz', timeout=4)"]
# A process that is told to stop finishes what it began, which takes at most ten seconds.
STOPSIGNAL SIGTERM
ENTRYPOINT ["firsthand"]
CMD ["run", "--migrate"]

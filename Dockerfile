ARG PYTHON_IMAGE=python:3.13-slim-trixie

FROM ${PYTHON_IMAGE} AS packages
# "sso" for signing in through a provider of OpenID Connect; nothing more otherwise.
ARG EXTRA=
COPY requirements.lock requirements-sso.lock /
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --require-hashes -r /requirements${EXTRA:+-$EXTRA}.lock

FROM ${PYTHON_IMAGE}
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CARREL_DATA=/data
COPY --from=packages /venv /venv
WORKDIR /carrel
COPY manage.py ./
COPY archive archive
COPY reader reader
COPY templates templates
COPY static static
# Collected here, since the root is read-only later; the data folder of this step is thrown away.
RUN CARREL_DATA=/tmp/build python manage.py collect_static && rm -rf /tmp/build \
    && python -m compileall -q archive reader \
    && mkdir -m 700 /data && chown 10001:10001 /data
USER 10001:10001
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["python", "manage.py"]
CMD ["start", "--address", "0.0.0.0", "--no-worker"]

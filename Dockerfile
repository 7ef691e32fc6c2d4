# One image for the pages (`sgdocs serve`) and the worker (`sgdocs worker`).
# docker build -t sgdocs . && docker run -e SGDOCS_SECRET=… -v sgdocs:/var/lib/sgdocs -p 8000:8000 sgdocs

FROM python:3.12-slim AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /opt/sgdocs \
 && /opt/sgdocs/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY sgdocs sgdocs
COPY web web
RUN /opt/sgdocs/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/sgdocs/bin/pip uninstall -y uv hatchling editables

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/sgdocs --create-home sgdocs
COPY --from=build /opt/sgdocs /opt/sgdocs
ENV PATH=/opt/sgdocs/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SGDOCS_HOME=/var/lib/sgdocs
WORKDIR /var/lib/sgdocs
USER 10001
VOLUME /var/lib/sgdocs
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["sgdocs", "serve", "--host", "0.0.0.0"]

# One image for web, worker and beat.
FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
# Empty, or chromium: for contact forms that need a browser, which are hand-offs without one.
ARG BROWSER=
RUN test -z "$BROWSER" || { apt-get update && apt-get install --yes --no-install-recommends "$BROWSER" \
    && rm -rf /var/lib/apt/lists/*; }
COPY manage.py ./
COPY campaign campaign
COPY representatives representatives
COPY letters letters
COPY templates templates
COPY static static
# Static files are part of the image; the values only satisfy the settings while it is built.
RUN SITE_URL=https://build.example.org SMTP_HOST=build SECRET_KEY=build EMAIL_HASH_KEY=build \
    IDENTITY_KEYS=build python manage.py collectstatic --no-input --verbosity 0
RUN useradd --system --create-home letters && chown -R letters var
USER letters
# What it runs is said in docker-compose.yml.

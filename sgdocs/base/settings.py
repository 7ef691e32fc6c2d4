"""Every setting, read once from the environment (`SGDOCS_…`) by `wiring`; no other module looks there."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_SECRET = "not-a-secret"  # noqa: S105 a default that `serve` refuses

OFFICER_TERMS = 2


class Settings(BaseSettings):
    """Each setting says what it is for; the operator's page lists them all (a test compares)."""

    model_config = SettingsConfigDict(env_prefix="SGDOCS_", frozen=True, extra="ignore", secrets_dir=None)

    home: Path = Field(Path(), description="Folder that holds the database, `storage/` and `search_index/`.")
    database: str = Field("", description="Database URL; empty means SQLite in the home folder.")
    storage: str = Field(
        "", description="Where files are kept: `file:FOLDER`; empty means `storage/` in the home folder."
    )
    search_engine: str = Field("", description="`whoosh` or `postgres`; empty means whoosh.")
    search_index: str = Field(
        "", description="Folder of the search index; empty means `search_index/` in the home folder."
    )
    secret: str = Field(DEFAULT_SECRET, description="Key that signs links; at least 32 characters outside the demo.")
    public_url: str = Field("http://127.0.0.1:8000", description="Address under which people reach the service.")
    demo: bool = Field(False, description="A demonstration: loopback only, known passwords, clock may be moved.")
    mail: str = Field(
        "",
        description="`smtp://user:password@host:port`, `smtps://…` or `file:FOLDER`; empty means `mail/` in the home folder.",
    )
    mail_from: str = Field("sgdocs <noreply@localhost>", description="Sender of every letter.")
    session_idle_hours: int = Field(12, ge=1, description="A session ends after so many hours without use.")
    session_days: int = Field(30, ge=1, description="A session ends after so many days, whatever its use.")
    link_minutes: int = Field(60, ge=1, description="Life of a single-use link for invitation or password reset.")
    token_days: int = Field(365, ge=1, description="Longest life of a personal API token.")
    second_factor_roles: str = Field("", description="Roles that must have a second factor, separated by commas.")
    login_limit: int = Field(10, ge=1, description="Failed sign-ins per account and per address in 15 minutes.")
    search_limit: int = Field(120, ge=1, description="Searches per minute of one person or address.")
    suggest_limit: int = Field(600, ge=1, description="Type-ahead requests per minute of one person or address.")
    api_limit: int = Field(1200, ge=1, description="API requests per minute of one person or address.")
    upload_limit: int = Field(60, ge=1, description="Uploads per minute of one person or address.")
    body_limit_mb: int = Field(110, ge=1, description="Largest request that is taken, in megabytes.")
    file_limit_mb: int = Field(100, ge=1, description="Largest file that is taken, in megabytes.")
    receipt_hours: int = Field(12, ge=1, description="An uploaded file waits so many hours for its form.")
    repeat_days: int = Field(7, ge=1, description="Idempotency keys and their answers are kept so many days.")
    scanner: str = Field(
        "", description="Virus scanner: `clamd:/path/of/socket` or `clamd:host:port`; empty means none."
    )
    officer_terms: int = Field(
        OFFICER_TERMS,
        ge=1,
        description="Terms of a chair or vice-chair of a study group before one more needs a word of confirmation. "
        "Source: WTSA Resolution 35, Resolution ITU-R 15 (uncertain).",
    )
    trusted_proxies: str = Field(
        "", description="Addresses of proxies whose X-Forwarded-For is believed, separated by commas."
    )
    oidc_issuer: str = Field("", description="OpenID Connect issuer; empty switches it off.")
    oidc_client_id: str = Field("", description="Client id at the issuer.")
    oidc_client_secret: str = Field("", description="Client secret at the issuer.")
    languages: str = Field("en,fr,ar", description="Interface languages that are offered, separated by commas.")
    pool_size: int = Field(8, ge=1, description="Database connections of one process.")
    threads: int = Field(8, ge=1, description="Requests that one process works on at once.")

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.home.resolve() / 'sgdocs.db'}"

    @property
    def storage_url(self) -> str:
        return self.storage or f"file:{self.home.resolve() / 'storage'}"

    @property
    def index_folder(self) -> Path:
        return Path(self.search_index) if self.search_index else self.home.resolve() / "search_index"

    @property
    def mail_url(self) -> str:
        return self.mail or f"file:{self.home.resolve() / 'mail'}"

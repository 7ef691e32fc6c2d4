"""Every setting, read once from the environment (`SGDOCS_…`) by `wiring`; no other module looks there."""

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_SECRET = "not-a-secret"  # noqa: S105 a default that `serve` refuses

OFFICER_TERMS = 2
TIME_OF_DAY = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"


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
    list_domain: str = Field(
        "lists.localhost",
        pattern=r"^[A-Za-z0-9.-]{1,200}$",
        description="Mail domain of the mailing lists: `t25sg15q2@…`. Source: domain 8.2.",
    )
    list_members_move: bool = Field(
        True,
        description="Members of a mailing list come along to the list of the next period. Source: domain 8.2 (uncertain).",
    )
    list_message_mb: int = Field(10, ge=1, description="Largest message that a mailing list takes, in megabytes.")
    message_length: int = Field(20_000, ge=100, description="Longest message of a discussion, in characters.")
    message_mentions: int = Field(20, ge=1, description="People whom one message of a discussion may name.")
    messages_per_minute: int = Field(
        20, ge=1, description="Messages of a discussion that a person may write in a minute."
    )
    session_idle_hours: int = Field(12, ge=1, description="A session ends after so many hours without use.")
    session_days: int = Field(30, ge=1, description="A session ends after so many days, whatever its use.")
    view_as_minutes: int = Field(
        30, ge=1, le=480, description="The secretariat looks through other eyes for so long, then it ends by itself."
    )
    link_minutes: int = Field(60, ge=1, description="Life of a single-use link for invitation or password reset.")
    token_days: int = Field(365, ge=1, description="Longest life of a personal API token.")
    second_factor_roles: str = Field("", description="Roles that must have a second factor, separated by commas.")
    login_limit: int = Field(10, ge=1, description="Failed sign-ins per account and per address in 15 minutes.")
    search_limit: int = Field(120, ge=1, description="Searches per minute of one person or address.")
    suggest_limit: int = Field(600, ge=1, description="Type-ahead requests per minute of one person or address.")
    api_limit: int = Field(1200, ge=1, description="API requests per minute of one person or address.")
    upload_limit: int = Field(60, ge=1, description="Uploads per minute of one person or address.")
    acknowledgement_limit: int = Field(
        30, ge=1, description="Looks at links by which letters are acknowledged, per minute of one address."
    )
    uploads_at_once: int = Field(
        3, ge=1, description="Uploads of one person or address that one process works on at once."
    )
    bundle_limit: int = Field(
        10, ge=1, description="Bundles (zip files of documents) per minute of one person or address."
    )
    body_limit_mb: int = Field(110, ge=1, description="Largest request that is taken, in megabytes.")
    file_limit_mb: int = Field(100, ge=1, description="Largest file that is taken, in megabytes.")
    readers: int = Field(2, ge=1, description="Processes that read uploaded files, for each server process.")
    reader_seconds: int = Field(18, ge=1, description="Longest time for reading one file, waiting included.")
    reader_memory_mb: int = Field(1024, ge=256, description="Address space of one reading process, in megabytes.")
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
    deadline_cutoff: str = Field(
        "23:59:59",
        pattern=TIME_OF_DAY,
        description="Time of day at which a deadline of ITU-T ends. Source: domain C0.2 (uncertain: some circulars use UTC).",
    )
    deadline_zone: str = Field(
        "Europe/Zurich", description="Time zone in which deadlines of ITU-T end. Source: domain C0.2 (uncertain)."
    )
    r_contrib_days: int = Field(
        7,
        ge=0,
        description="Contributions to ITU-R come so many days before the opening. Source: domain 4.3 (uncertain).",
    )
    r_cutoff: str = Field(
        "16:00:00",
        pattern=TIME_OF_DAY,
        description="Time of day, in UTC, at which contributions to ITU-R close. Source: domain 4.3 (uncertain).",
    )
    r_translation_months: int = Field(
        3,
        ge=0,
        description="Contributions to an ITU-R study group to be translated, in months. Source: domain 4.3 (uncertain).",
    )
    r_draft_days: int = Field(
        28,
        ge=0,
        description="Draft Recommendations are there so many days before an ITU-R study group. Source: domain 4.3 (uncertain).",
    )
    r_lead_months: int = Field(
        3,
        ge=0,
        description="Lead time of meetings of ITU-R, in months. Source: Resolution ITU-R 1-9, domain 5.1 (uncertain).",
    )
    extra_meeting_lead_days: int = Field(
        28,
        ge=0,
        description="Lead time of an extra short meeting of ITU-T, in days. Source: Rec. ITU-T A.1 1.1.4 (uncertain).",
    )
    focus_group_lead_days: int = Field(
        28, ge=0, description="Lead time of a focus group's meeting, in days. Source: Rec. ITU-T A.7 (uncertain)."
    )
    workshop_lead_days: int = Field(
        60, ge=0, description="Lead time of a workshop, in days. Source: domain 5.1 (uncertain)."
    )
    reservation_days: int = Field(14, ge=1, description="A reserved document number expires after so many days.")
    reservation_quota: int = Field(5, ge=1, description="Reserved numbers that a person may hold for one meeting.")
    restore_days: int = Field(
        30, ge=1, description="A deleted draft, reservation or agenda item can be restored for so many days."
    )
    contribution_categories: str = Field(
        "member-state,sector-member,associate,academia",
        description="Categories of members that may contribute to ITU-T, an Associate in its own study group. "
        "Source: domain 1.7 (uncertain for Academia).",
    )
    r_contribution_categories: str = Field(
        "member-state,sector-member",
        description="Categories of members that may contribute to ITU-R. Source: domain 4.1 (uncertain).",
    )
    assembly_inputs_public: bool = Field(
        True,
        description="Inputs of an assembly are public in advance, unless a Member State objects. "
        "Source: Council document C20/35 section 2.2.",
    )
    wi_min_supporters: int = Field(
        4,
        ge=0,
        description="Members that support a new work item; with fewer it needs a word of confirmation. "
        "Source: domain WI-3, U6 (uncertain: the custom of several study groups).",
    )
    wi_min_countries: int = Field(
        0,
        ge=0,
        description="Countries of the members that support a new work item; with fewer it needs a word of confirmation. "
        "Source: domain WI-3 (uncertain: proposed to WTSA-16 and opposed).",
    )
    wi_stale_meetings: int = Field(
        2,
        ge=1,
        description="Meetings of the study group without a contribution after which a work item is stale. "
        "Source: Rec. ITU-T A.1 1.4.7, domain WI-5.",
    )
    digest_hour: int = Field(7, ge=0, le=23, description="Hour in Geneva at which summaries of notices are mailed.")
    digest_weekday: int = Field(
        1, ge=1, le=7, description="Day of the week of weekly summaries: 1 is Monday, 7 is Sunday."
    )
    notice_days: int = Field(365, ge=7, description="Notices and calls of webhooks are kept so many days.")
    webhook_seconds: int = Field(5, ge=1, le=60, description="Longest time for one call of a webhook, all included.")
    webhook_failures: int = Field(10, ge=2, description="A webhook ends after so many failures in a row.")
    journal_heads: str = Field(
        "",
        description="File to which the head of the journal's chain is added once a day, to be copied by others; empty "
        "means `journal-heads.jsonl` in the home folder.",
    )
    trusted_proxies: str = Field(
        "", description="Addresses of proxies whose X-Forwarded-For is believed, separated by commas."
    )
    liaison_reply_to: str = Field(
        "", description="Where outside bodies answer a liaison statement; empty means its contact (domain 7.1)."
    )
    liaison_ack_days: int = Field(
        60, ge=1, description="Life of the link that acknowledges a liaison statement, in days."
    )
    liaison_unacknowledged_days: int = Field(
        14, ge=1, description="A liaison statement to a body counts as not acknowledged after so many days."
    )
    liaison_sending_days: int = Field(
        0,
        ge=0,
        description="Days from the end of a meeting until what it agreed is sent: for the last meeting in time (domain 7.1, "
        "uncertain).",
    )
    liaison_reminder_days: int = Field(
        14, ge=0, description="Whoever owes an answer is reminded so many days before the last meeting in time begins."
    )
    liaison_letter_mb: int = Field(
        20, ge=1, description="Most that the attachments of one letter weigh together, in MB."
    )
    inbox: str = Field(
        "",
        description="Where liaison statements come in by mail: `file:FOLDER` of .eml files, `imaps://user:password@host/INBOX` "
        "or `imap://…`; empty means nowhere.",
    )
    inbox_relays: str = Field(
        "",
        description="Names (authserv-id) of the mail relays whose Authentication-Results is believed, separated by commas; "
        "empty means that no sender is confirmed. Source: RFC 8601.",
    )
    inbox_addresses: str = Field(
        "",
        description="Mail addresses at which liaison statements come in, separated by commas: a mail to one of them and to a "
        "mailing list goes to both; empty means that a mail to a list is for the list alone.",
    )
    inbox_message_mb: int = Field(30, ge=1, description="Largest message that is taken from the inbox, in megabytes.")
    oidc_issuer: str = Field("", description="OpenID Connect issuer; empty switches it off.")
    oidc_client_id: str = Field("", description="Client id at the issuer.")
    oidc_client_secret: str = Field("", description="Client secret at the issuer.")
    languages: str = Field(
        "en,fr,es,ru,ar,zh", description="Interface languages that are offered, separated by commas."
    )
    translator: str = Field(
        "",
        description="Translation service: `libretranslate:https://host/`; empty means none, and no button is shown.",
    )
    translator_key: str = Field("", description="API key at the translation service.")
    translation_audiences: str = Field(
        "public",
        description="Classes of access whose texts may go to the translation service, separated by commas: `public`, "
        "`sector`, `group`, `meeting`. Source: domain 8.3.",
    )
    translation_per_day: int = Field(
        20, ge=1, description="Machine translations that a person may ask for in 24 hours."
    )
    translation_characters: int = Field(
        1_000_000, ge=1, description="Longest text that is sent to the translation service, in characters."
    )
    translation_mb: int = Field(
        20, ge=1, description="Largest file that is sent to the translation service or taken from it, in megabytes."
    )
    translation_seconds: int = Field(
        60,
        ge=1,
        description="Longest time for one answer of the translation service; a file may take five times as long.",
    )
    room: str = Field(
        "",
        description="Rooms on the network of sittings: `jitsi:https://HOST`, `bigbluebutton:https://HOST/bigbluebutton/api` or "
        "`link:https://HOST/{room}` with the places room, meeting, sitting, title, name; empty means none. A link that was "
        "given to a sitting goes before. Source: domain 5.1 (remote link per session).",
    )
    room_secret: str = Field(
        "",
        description="Secret shared with the service of the rooms: signs Jitsi's tokens (HS256), BigBlueButton's calls.",
    )
    room_key: str = Field(
        "", description="File of a private key in PEM that signs Jitsi's tokens (RS256) instead of a secret."
    )
    room_key_id: str = Field("", description="Id of that key (`kid`), where the service asks for one.")
    room_app: str = Field("", description="Who issues Jitsi's tokens (`iss`): the application id at the service.")
    room_tenant: str = Field(
        "", description="Whom Jitsi's tokens are about (`sub`); empty means the host of the service."
    )
    room_audience: str = Field("jitsi", description="Whom Jitsi's tokens are for (`aud`).")
    room_early_minutes: int = Field(
        30, ge=0, le=1440, description="The room of a sitting is open so many minutes before its beginning."
    )
    streams: int = Field(1000, ge=1, description="Discussions that are followed live at once, in one server process.")
    streams_per_person: int = Field(
        12,
        ge=1,
        description="Browsers and programs in which one person follows discussions live, in one server process.",
    )
    stream_poll_ms: int = Field(
        250,
        ge=50,
        le=5000,
        description="Pause between two looks at what was said, while somebody follows, in milliseconds.",
    )
    stream_access_s: int = Field(
        30,
        ge=1,
        le=300,
        description="Whoever follows a discussion is asked for again after so many seconds: rights may have ended.",
    )
    pool_size: int = Field(8, ge=1, description="Database connections of one process.")
    threads: int = Field(8, ge=1, description="Requests that one process works on at once.")

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, address: str) -> str:
        """Addresses are joined to it, and they begin with one."""
        return address.rstrip("/")

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
    def heads_file(self) -> Path:
        return Path(self.journal_heads) if self.journal_heads else self.home.resolve() / "journal-heads.jsonl"

    @property
    def mail_url(self) -> str:
        return self.mail or f"file:{self.home.resolve() / 'mail'}"

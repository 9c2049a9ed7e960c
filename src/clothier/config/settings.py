"""Django settings. Read from the environment only; docs/settings.md lists every variable."""

import os
from pathlib import Path

from clothier.config import channels, databases, drafting, environment, payments, secrets
from clothier.config.identity import *  # noqa: F403
from clothier.config.office import UNFOLD as UNFOLD
from clothier.config.security import *  # noqa: F403

# Our matrices are small: with a second thread BLAS spends a hundred times the work, waiting.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

PRODUCTION = environment.flag("CLOTHIER_PRODUCTION")
DEBUG = False
DEMO = environment.flag("CLOTHIER_DEMO") and not PRODUCTION
DEMO_PASSWORD = environment.text("CLOTHIER_DEMO_PASSWORD", "clothier")
HOME = environment.home()
HOME.mkdir(parents=True, exist_ok=True)
SRC = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.text("CLOTHIER_SECRET_KEY") or secrets.persisted(HOME, "secret-key")
VAULT_KEY = environment.text("CLOTHIER_VAULT_KEY") or secrets.persisted(HOME, "vault-key")
SECRETS_FROM_ENVIRONMENT = bool(environment.text("CLOTHIER_SECRET_KEY") and environment.text("CLOTHIER_VAULT_KEY"))

_DATABASE_URL = environment.text("DATABASE_URL")
WEB_PROCESSES = environment.number("CLOTHIER_WEB_PROCESSES", databases.web_processes(_DATABASE_URL))
# Threads that answer pages in each web process, and the database connections it holds.
WEB_THREADS = environment.number("CLOTHIER_WEB_THREADS", 4)
LONGEST_BODY = environment.number("CLOTHIER_LONGEST_BODY_MB", 256) * 1024 * 1024
API_PER_MINUTE = environment.number("CLOTHIER_API_PER_MINUTE", 3000)
# The log answers for last year's same day, and knows what was sent again, for so long at least.
LEAST_LOG_DAYS = 400
# Days that what has served its purpose is kept, 0 for ever; three years of access log, as the law asks of records.
KEEP_DAYS = {
    "postings": environment.number("CLOTHIER_KEEP_POSTINGS_DAYS", 30),
    "import_files": environment.number("CLOTHIER_KEEP_IMPORT_FILES_DAYS", 30),
    "access_log": environment.number("CLOTHIER_KEEP_ACCESS_LOG_DAYS", 1096),
    "repetitions": 30,
    "log": environment.number("CLOTHIER_KEEP_LOG_DAYS", 0),
    "sessions": SESSION_COOKIE_AGE // 86_400,  # noqa: F405
}
if 0 < KEEP_DAYS["log"] < LEAST_LOG_DAYS:
    raise ValueError(f"CLOTHIER_KEEP_LOG_DAYS must be 0 (for ever) or at least {LEAST_LOG_DAYS}")
# Hosts inside our own network that webhooks may be posted to.
WEBHOOK_HOSTS = environment.words("CLOTHIER_WEBHOOK_HOSTS")
PORT = environment.number("CLOTHIER_PORT", 8000)
PAYMENTS = payments.providers()
CHANNELS = channels.channels()
DRAFTING = drafting.drafting()
# This machine asks itself how it is.
ALLOWED_HOSTS = [*environment.words("CLOTHIER_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = environment.words("CLOTHIER_ORIGINS")
# Where customers reach us: what a message to them says before a link.
ADDRESS = (environment.text("CLOTHIER_ADDRESS") or next(iter(CSRF_TRUSTED_ORIGINS), f"http://localhost:{PORT}")).rstrip(
    "/"
)
# Where the customer's chat may stand in a frame: addresses of the shop's own sites.
CHAT_SITES = environment.words("CLOTHIER_CHAT_SITES")

DATABASES = {
    "default": databases.from_url(_DATABASE_URL)
    if _DATABASE_URL
    else databases.sqlite(HOME, synchronous=environment.text("CLOTHIER_SQLITE_SYNCHRONOUS", "NORMAL"))
}
if _REPLICA_URL := environment.text("DATABASE_REPLICA_URL"):
    if not _DATABASE_URL:
        raise ValueError("DATABASE_REPLICA_URL is a copy of the database of DATABASE_URL, which is not set")
    DATABASES["replica"] = databases.from_url(_REPLICA_URL) | {"TEST": {"MIRROR": "default"}}
    # Pages wait for a copy that does not answer before they turn to the primary.
    DATABASES["replica"]["OPTIONS"].setdefault("connect_timeout", 2)
# How often somebody tried to sign in, counted by all processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_counts",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
DATABASE_ROUTERS = ["clothier.kernel.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # First, so that its templates dress those of allauth and of the admin.
    "clothier.desks.shell",
    "unfold.apps.BasicAppConfig",
    "clothier.config.office.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "clothier.staff.wecom",
    "csp",
    "django_htmx",
    "clothier.kernel",
    "clothier.eventlog",
    "clothier.standards",
    "clothier.language",
    "clothier.catalog",
    "clothier.places",
    "clothier.staff",
    "clothier.customers",
    "clothier.knowledge",
    "clothier.conversations",
    "clothier.loyalty",
    "clothier.payments",
    "clothier.bookings",
    "clothier.rewards",
    "clothier.visits",
    "clothier.checkout",
    "clothier.settlement",
    "clothier.cases",
    "clothier.insights",
    "clothier.imports",
    "clothier.simulation",
    "clothier.api",
    "clothier.worker",
    "clothier.desks.floor",
    "clothier.desks.manager",
    "clothier.desks.studio",
    "clothier.desks.kiosk",
    "clothier.desks.rulebook",
    "clothier.desks.profiles",
    "clothier.desks.intake",
    "clothier.desks.reports",
    "clothier.desks.roster",
    "clothier.desks.till",
    "clothier.desks.membership",
    "clothier.desks.finance",
    "clothier.desks.agenda",
    "clothier.desks.member",
    "clothier.desks.inbox",
    "clothier.desks.casework",
    "clothier.desks.library",
    "clothier.desks.chat",
]

MIDDLEWARE = [
    "clothier.config.proxies.ForwardedAddress",
    "clothier.config.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clothier.config.policy.Policy",
    # Before whatever may refuse a request: a refusal must not be framed either.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clothier.config.plain.PlainText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "clothier.staff.middleware.ViewerMiddleware",
    "clothier.desks.shell.middleware.ToastMiddleware",
    "clothier.desks.shell.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "clothier.config.urls"
WSGI_APPLICATION = "clothier.config.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "django.template.context_processors.i18n",
]

# The house's own pages are Jinja2 (in the apps' jinja2 folders); the back office and allauth bring Django's.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "clothier.desks.shell.engine.environment.Environments",
            "context_processors": [*CONTEXT_PROCESSORS, "clothier.desks.shell.context.shell"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": CONTEXT_PROCESSORS,
            "builtins": ["django.templatetags.i18n", "clothier.desks.shell.templatetags.frame"],
        },
    },
]

FORM_RENDERER = "clothier.desks.shell.forms.Renderer"
CSRF_FAILURE_VIEW = "clothier.desks.shell.views.csrf_failure"

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = [
    "clothier.staff.accounts.AccountBackend",
    "clothier.staff.office.OfficeBackend",
]

SESSION_ENGINE = "clothier.staff.sessions"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [SRC / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "clothier.desks.shell.finders.ChartBundle",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "clothier.desks.shell.storage.HashedStatics"},
}
MEDIA_ROOT = HOME / "files"
WHITENOISE_MAX_AGE = 31_536_000

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

LOGGING_CONFIG = "clothier.config.logging.configure"
LOGGING = {
    "level": environment.text("CLOTHIER_LOG_LEVEL", "INFO").upper(),
    "json": environment.text("CLOTHIER_LOG", "json" if PRODUCTION else "text") == "json",
}

"""Settings of the tests: the product's own, in a throw-away data folder, with a quick password hasher."""

import os

from tests.scratch import folder

# Whatever the machine of whoever runs them speaks.
os.environ["CLOTHIER_LANGUAGE"] = "en"
if "CLOTHIER_HOME" not in os.environ:
    # The workers of a run inherit it: one folder, made and removed by the process that began the run.
    os.environ["CLOTHIER_HOME"] = str(folder("test"))
os.environ.setdefault("CLOTHIER_SECRET_KEY", "a secret for tests only")
os.environ.setdefault("CLOTHIER_VAULT_KEY", "a vault key for tests only")
# A line for each of the walks' ten thousand requests is a tenth of their time; tests of the log ask for theirs.
os.environ.setdefault("CLOTHIER_LOG_LEVEL", "WARNING")

from clothier.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"] == "clothier.config.sqlite":  # noqa: F405
    # Said aloud for the workers of one run, who know only Django's own backend to be in memory without it.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405

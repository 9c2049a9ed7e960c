"""Settings of the tests: the product's own, in a throw-away data folder, with a quick password hasher."""

import os
import tempfile

os.environ.setdefault("CLOTHIER_HOME", tempfile.mkdtemp(prefix="clothier-test-"))
os.environ.setdefault("CLOTHIER_SECRET_KEY", "a secret for tests only")
os.environ.setdefault("CLOTHIER_VAULT_KEY", "a vault key for tests only")

from clothier.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True

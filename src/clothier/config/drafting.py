"""The language model that may draft replies; without an address there is none."""

from clothier.config import environment


def drafting() -> dict[str, str]:
    """Its address, key and model's name; empty when drafting is off."""
    url = environment.text("CLOTHIER_DRAFTING_URL")
    if not url:
        return {}
    return {
        "url": url,
        "key": environment.text("CLOTHIER_DRAFTING_KEY"),
        "model": environment.text("CLOTHIER_DRAFTING_MODEL", "default"),
    }

"""The questions about machines, by the names other packages ask them."""

from clothier.api.webhooks.selectors import earliest_posting, parked_postings

__all__ = ["earliest_posting", "parked_postings"]

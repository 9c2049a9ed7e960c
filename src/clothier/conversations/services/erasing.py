"""Forgetting what somebody said."""

from collections.abc import Iterable

from clothier.conversations.models import Attachment, Contact, Message
from clothier.conversations.services import indexing
from clothier.conversations.services.files import remove_later


def forget(records: Iterable[int]) -> None:
    """Drop the keys of every address of these customers: nothing that was said can be read again. Files go after the
    commit; what a crash leaves of them is sealed with a key that is gone.
    """
    addresses = list(Contact.objects.filter(customer_id__in=list(records)).values_list("pk", flat=True))
    indexing.remove(list(Message.objects.filter(contact__in=addresses).select_related("contact")))
    files = list(Attachment.objects.filter(message__contact__in=addresses).values_list("stored", flat=True))
    for pk in addresses:
        # The address is free again: whoever writes from it is a stranger.
        Contact.objects.filter(pk=pk).update(key=None, sealed="", sealed_name="", hash=f"gone:{pk}")
    remove_later(files)

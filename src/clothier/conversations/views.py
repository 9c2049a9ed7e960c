"""Where channels call back: nobody signs in, every word is checked, and the answer is in their own format."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from clothier.conversations.channels.registry import channel_of
from clothier.conversations.channels.sms.channel import Sms
from clothier.conversations.channels.wechat.channel import WeChat
from clothier.conversations.channels.wechat.crypto import Forged, check
from clothier.conversations.channels.wecom.channel import WeCom
from clothier.conversations.contracts import Channel, NotSent
from clothier.conversations.services import callbacks

# No callback is longer; what is, is not read.
LONGEST = 64 * 1024


@csrf_exempt
@require_http_methods(["GET", "POST"])
def wechat(request: HttpRequest) -> HttpResponse:
    """GET: the account's owner proves the address is ours. POST: a message."""
    channel = _channel("wechat")
    assert isinstance(channel, WeChat)
    query = request.GET.dict()
    try:
        if request.method == "GET":
            check(query.get("signature", ""), channel.token, query.get("timestamp", ""), query.get("nonce", ""))
            return _plain(query.get("echostr", ""))
        callbacks.hear_wechat(channel, channel.hear(query, _body(request)))
    except Forged:
        return HttpResponse(status=403)
    # Anything else would be shown to the customer as a failure of the account.
    return _plain("success")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def wecom(request: HttpRequest) -> HttpResponse:
    channel = _channel("wecom")
    assert isinstance(channel, WeCom)
    query = request.GET.dict()
    try:
        if request.method == "GET":
            echo, stamp, nonce = query.get("echostr", ""), query.get("timestamp", ""), query.get("nonce", "")
            check(query.get("msg_signature", ""), channel.token, stamp, nonce, echo)
            return _plain(channel.envelope.open(echo).decode("utf-8", "replace"))
        callbacks.hear_wecom(channel, channel.hear(query, _body(request)))
    except Forged:
        return HttpResponse(status=403)
    except NotSent:
        return HttpResponse(status=503)
    return _plain("success")


@csrf_exempt
@require_POST
def sms(request: HttpRequest) -> HttpResponse:
    channel = _channel("sms")
    assert isinstance(channel, Sms)
    told = channel.hear(request.headers.get("X-Timestamp", ""), request.headers.get("X-Signature", ""), _body(request))
    if told is None:
        return HttpResponse(status=403)
    callbacks.hear_sms(told)
    return HttpResponse(status=204)


def _channel(key: str) -> Channel:
    if key not in settings.CHANNELS:
        raise Http404
    return channel_of(key)


def _body(request: HttpRequest) -> bytes:
    """The bytes that were signed; none of what is too long or an uploaded file, and then no signature fits."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        return b""
    try:
        return request.body
    except RawPostDataException:
        return b""


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"X-Content-Type-Options": "nosniff"})

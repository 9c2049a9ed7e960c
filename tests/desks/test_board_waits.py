"""What waits for a manager's word stands on the board, with how long it has waited, until it is said."""

from clothier.cases import services
from clothier.kernel.refs import Ref
from clothier.standards.selectors import promises_for
from clothier.standards.services import ask_waiver, decide_waiver, sweep
from tests.cases.conftest import opened

HOUR = 3_600


def test_a_compensation_and_a_waiver_wait_on_the_board_until_they_are_decided(client, cast, saturday):
    case = opened(cast)
    asked = services.compensate(case=case.pk, form="service", fen=120_00, reason="久等了", actor=cast.chen.pk)
    saturday.advance(25 * HOUR)
    sweep()
    broken = promises_for(cast.viewer(cast.wu), subject=case.ref, keys=["complaint_first_reply"])[0]
    waiver = ask_waiver(viewer=cast.viewer(cast.wu), promise_id=broken.id, reason="系统停机")
    client.force_login(cast.wu.user)
    page = client.get("/board/sh-nanjing/").content.decode()
    promise = promises_for(cast.viewer(cast.wu), subject=Ref("compensation", asked.pk))[0]
    waits = client.get("/board/sh-nanjing/").context["board"].waits
    assert [wait.clock and wait.clock.id for wait in waits] == [promise.id, None]
    assert page.index("补偿 ¥120") < page.index("豁免：投诉首次回复")
    client.force_login(cast.gao.user)
    assert "豁免：投诉首次回复" in client.get("/board/").content.decode()
    services.approve(compensation=asked.pk, actor=cast.gao.pk)
    decide_waiver(viewer=cast.viewer(cast.gao), waiver_id=waiver.pk, approve=True)
    page = client.get("/board/sh-nanjing/").content.decode()
    assert "等您一句话" not in page


def test_the_approvals_page_says_whose_turn_it_is(client, cast):
    case = opened(cast)
    services.compensate(case=case.pk, form="service", fen=1_500_00, reason="久等了", actor=cast.chen.pk)
    client.force_login(cast.wu.user)
    page = client.get("/cases/approvals/").content.decode()
    assert "轮到 总经理" in page
    assert cast.gao.name in page

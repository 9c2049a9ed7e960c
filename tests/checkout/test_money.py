"""Money is conserved over any mix of prices, points, payments, exchanges and refunds."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from clothier.checkout import services
from clothier.checkout.models import Cart, Order, OrderLine, Tender
from clothier.checkout.services.confirming import due_of
from clothier.customers.services import register
from clothier.kernel import clock
from clothier.kernel.errors import Refused
from clothier.loyalty.selectors import balance
from clothier.loyalty.services import grant
from clothier.payments.models import Payment
from tests.cast import assemble
from tests.checkout.shop import goods
from tests.conftest import SATURDAY

CODES = ["C2001-BLACK-M", "C2001-BLACK-S", "K2071-BLACK-M", "K2071-WHITE-M", "A1001-BLACK-均码"]
POINTS = 20_000
pieces = st.lists(st.sampled_from(CODES), min_size=1, max_size=4)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("buy"), pieces, st.integers(0, 9_000), st.integers(1, 3)),
        st.tuples(st.just("back"), st.integers(0, 9), st.integers(1, 2)),
        st.tuples(st.just("swap"), st.integers(0, 9), pieces),
    ),
    min_size=1,
    max_size=5,
)


class Money(TestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(deeds)
    def test_what_was_paid_is_what_the_orders_hold_and_what_went_back(self, told):
        with clock.simulated(SATURDAY):
            self.cast = assemble()
            goods(self.cast.store.pk)
            self.customer = register(name="林知夏", store=self.cast.store.pk)
            grant(customer=self.customer, points=POINTS, reason="goodwill", key="g", actor=None)
            for number, (what, *more) in enumerate(told):
                getattr(self, f"_{what}")(number, *more)
            assert self._differences() == []

    def _buy(self, number, codes, points, parts):
        cart = services.open_cart(store=self.cast.store.pk, actor=None, customer=self.customer)
        self._pay(number, cart.pk, codes, min(points, balance(self.customer).available), parts)

    def _swap(self, number, which, codes):
        line = self._line(which)
        if line is None:
            return
        cart = services.open_cart(store=self.cast.store.pk, actor=None, customer=self.customer)
        try:
            services.bring_back(cart=cart.pk, line=line.pk, quantity=1, actor=None)
        except Refused:
            return
        self._pay(number, cart.pk, codes, 0, 1)

    def _pay(self, number, cart, codes, points, parts):
        for code in codes:
            services.scan(cart=cart, code=code, actor=None)
        services.choose_points(cart=cart, points=points, actor=None)
        for what in ("goods", "discounts", "amount"):
            services.confirm(cart=cart, what=what, fen=due_of(Cart.objects.get(pk=cart)), actor=None)
        due = max(due_of(Cart.objects.get(pk=cart)), 0)
        services.finish(cart=cart, actor=None)
        for part in range(parts):
            if due and Cart.objects.get(pk=cart).state != "completed":
                handed = due if part == parts - 1 else max(due // parts, 1)
                services.pay_cash(cart=cart, tendered_fen=handed, actor=None, key=f"{number}:{part}")
        assert Cart.objects.get(pk=cart).state == "completed"

    def _back(self, number, which, some):
        line = self._line(which)
        if line is None:
            return
        try:
            services.refund_lines(
                order=line.order_id, pieces={line.pk: some}, reason="unwanted", actor=None, key=f"back:{number}"
            )
        except Refused:
            return

    def _line(self, which):
        sold = list(OrderLine.objects.filter(order__kind="sale").order_by("pk"))
        return sold[which % len(sold)] if sold else None

    def _differences(self):
        """Orders that do not add up, payments that hold another sum, points that are missing."""
        wrong = [f"order {order.pk}" for order in Order.objects.all() if not _adds_up(order)]
        for payment in Payment.objects.all():
            held = sum(Tender.objects.filter(payment_id=payment.pk).values_list("fen", flat=True))
            if held != payment.captured_fen - payment.refunded_fen or held < 0:
                wrong.append(f"payment {payment.pk} holds {held}")
        unpaid = Tender.objects.filter(payment_id=None)
        used = sum(unpaid.values_list("points", flat=True))
        if used < 0 or balance(self.customer).available != POINTS - used:
            wrong.append(f"{used} points used")
        return wrong + [f"tender {tender.pk}" for tender in unpaid.exclude(method="points")]


def _adds_up(order):
    tendered = sum(order.tenders.values_list("fen", flat=True))
    return order.total_fen == tendered == sum(order.lines.values_list("total_fen", flat=True))

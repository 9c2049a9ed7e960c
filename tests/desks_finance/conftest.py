from tests.settlement.conftest import till as till
from tests.settlement.conftest import trialpay as trialpay

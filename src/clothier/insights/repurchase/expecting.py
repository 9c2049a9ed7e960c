"""What is expected of buyers, batch by batch. Knows no Django, so that it runs on machines that only have Spark."""

from typing import Any

import pyarrow as pa

from clothier.insights.repurchase.outlook import Outlook, summary

EXPECTED = pa.schema(
    [
        ("customer_id", pa.int64()),
        ("expected_purchases_90d", pa.float64()),
        ("p_alive", pa.float64()),
        ("lifetime_value_fen", pa.int64()),
    ]
)


class Expecting:
    """A batch of buyers in, what is expected of them out. An object, so that it travels to other machines."""

    def __init__(self, outlook: Outlook) -> None:
        self.outlook = outlook

    def __call__(self, batch: Any) -> Any:
        known = summary(*[column.to_numpy(zero_copy_only=False) for column in batch.columns])
        expected = self.outlook.of(known)
        cells = [known.customers, expected.purchases, expected.alive, expected.value_fen]
        return pa.record_batch([pa.array(cell) for cell in cells], schema=EXPECTED)

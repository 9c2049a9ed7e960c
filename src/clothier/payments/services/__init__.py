"""The verbs of paying. Nothing outside is asked inside a transaction, and nothing is charged again in doubt."""

from clothier.payments.services.asking import inquire as inquire
from clothier.payments.services.asking import work_due as work_due
from clothier.payments.services.attempting import attempt as attempt
from clothier.payments.services.attempting import give_up as give_up
from clothier.payments.services.by_hand import confirm_transfer as confirm_transfer
from clothier.payments.services.by_hand import pay_out as pay_out
from clothier.payments.services.by_hand import take_cash as take_cash
from clothier.payments.services.cancelling import cancel as cancel
from clothier.payments.services.flagging import weigh as weigh
from clothier.payments.services.hearing import hear as hear
from clothier.payments.services.opening import open_payment as open_payment
from clothier.payments.services.refunding import refund as refund
from clothier.payments.services.reviewing import review_flag as review_flag
from clothier.payments.services.reviewing import settle_discrepancy as settle_discrepancy
from clothier.payments.services.standing_in import stand_in as stand_in

from clothier.bookings.models.activities import Activity, SignUp
from clothier.bookings.models.appointments import Appointment, Hold, Reminder, Stop

__all__ = ["Activity", "Appointment", "Hold", "Reminder", "SignUp", "Stop"]

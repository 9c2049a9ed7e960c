"""Signs of life of machines."""

from clothier.kernel.personal import nobodys

nobodys("worker.Beat", "worker chore")

"""PTH in CKD without dialysis, and vitamin D. Source: specification 4.28, 4.30 (KDIGO 2017 CKD-MBD 3.1.3, 4.2.1)."""

from decimal import Decimal

RISE_PERCENT = Decimal(50)
"""A rise over three values that counts as progressive."""
UPPER_LIMIT = Decimal(1)
"""Times the assay's upper limit."""
VITAMIN_D_INSUFFICIENT = Decimal(30)
"""ng/mL of 25-hydroxyvitamin D from which there is no insufficiency."""
VITAMIN_D_DAYS = 365

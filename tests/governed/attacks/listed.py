"""All attacks, in the order in which the page shows them."""

from __future__ import annotations

from tests.governed.attacks.approved import APPROVED
from tests.governed.attacks.approving import APPROVING
from tests.governed.attacks.asking import ASKING
from tests.governed.attacks.doors import DOORS
from tests.governed.attacks.rollout import ROLLING_OUT
from tests.governed.attacks.tampering import TAMPERING

ATTACKS = (*APPROVING, *APPROVED, *ASKING, *TAMPERING, *DOORS, *ROLLING_OUT)

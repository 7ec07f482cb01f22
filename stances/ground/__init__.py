"""What actors share and what divides them, question by question."""

from stances.ground.common import CommonGround, Ground, common_ground
from stances.ground.faults import fault_lines
from stances.ground.lines import FaultLine, FaultLines, Part
from stances.ground.standing import Camp, Standing

__all__ = [
    "Camp",
    "CommonGround",
    "FaultLine",
    "FaultLines",
    "Ground",
    "Part",
    "Standing",
    "common_ground",
    "fault_lines",
]

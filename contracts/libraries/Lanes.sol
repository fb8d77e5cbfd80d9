// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Weight} from "../types/Weight.sol";

/// @title Weights packed four to a word, so that two motions' for and against share one storage slot
/// @dev A lane of 64 bits is area in the low 40 and heads in the high 24. A roll is refused when its totals do not fit
/// a lane, and no owner is counted twice: hence no lane can spill into the next.
library Lanes {
    uint256 internal constant AREA_BITS = 40;
    uint256 internal constant MAX_AREA = (1 << 40) - 1;
    uint256 internal constant MAX_HEADS = (1 << 24) - 1;

    /// @notice Lane `index` (0 lowest) of a word, unpacked.
    function at(uint256 word, uint256 index) internal pure returns (Weight memory) {
        uint256 lane = word >> (index << 6);
        // The masks leave 40 and 24 bits.
        // forge-lint: disable-next-line(unsafe-typecast)
        return Weight({area: uint64(lane & MAX_AREA), heads: uint32((lane >> AREA_BITS) & MAX_HEADS)});
    }

    /// @notice The lane of a weight within the bounds.
    function pack(Weight memory weight) internal pure returns (uint64) {
        return (uint64(weight.heads) << 40) | weight.area;
    }
}

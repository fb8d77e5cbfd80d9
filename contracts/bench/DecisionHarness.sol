// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Decision} from "../libraries/Decision.sol";
import {Weight} from "../types/Weight.sol";

/// @title The decision library by itself, many cases in a call, so that other implementations can be held against it
contract DecisionHarness {
    /// @dev A case: special (1 byte), then total, part, in favour, each area (8 bytes) and heads (4), big endian.
    uint256 private constant CASE = 37;

    /// @notice One byte a case: bit 0 quorum, bit 1 passed; 0xff when the library refuses the counts.
    function decideMany(bytes calldata cases) external view returns (bytes memory verdicts) {
        uint256 count = cases.length / CASE;
        verdicts = new bytes(count);
        for (uint256 i = 0; i < count; ++i) {
            bytes calldata one = cases[i * CASE:(i + 1) * CASE];
            try this.decide(one[0] != 0, _weight(one[1:]), _weight(one[13:]), _weight(one[25:])) returns (
                bool reached,
                bool passed
            ) {
                verdicts[i] = bytes1((reached ? 1 : 0) | (passed ? 2 : 0));
            } catch {
                verdicts[i] = 0xff;
            }
        }
    }

    function decide(
        bool special,
        Weight calldata total,
        Weight calldata part,
        Weight calldata inFavour
    ) external pure returns (bool reached, bool passed) {
        return Decision.decide(special, total, part, inFavour);
    }

    function isSpecial(uint8 matter) external pure returns (bool) {
        return Decision.isSpecial(matter);
    }

    function _weight(bytes calldata packed) private pure returns (Weight memory) {
        return Weight({area: uint64(bytes8(packed)), heads: uint32(bytes4(packed[8:]))});
    }
}

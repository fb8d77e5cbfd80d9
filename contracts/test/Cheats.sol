// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title The cheat codes of forge that the tests use
interface Cheats {
    function addr(uint256 key) external pure returns (address);
    function assume(bool condition) external pure;
    function expectRevert() external;
    function prank(address sender) external;
    function revertToState(uint256 id) external returns (bool);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function snapshotState() external returns (uint256 id);
    function warp(uint256 time) external;
}

/// @title What every forge test builds on
abstract contract CheatTest {
    error Different(string what, uint256 expected, uint256 actual);

    bool public constant IS_TEST = true;

    Cheats internal constant vm = Cheats(address(uint160(uint256(keccak256("hevm cheat code")))));

    function same(string memory what, uint256 expected, uint256 actual) internal pure {
        if (expected != actual) revert Different(what, expected, actual);
    }

    function yes(string memory what, bool condition) internal pure {
        if (!condition) revert Different(what, 1, 0);
    }

    /// @dev `value` folded into `low .. high`.
    function bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        return low + (value % (high - low + 1));
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {TrusteeBoard} from "../TrusteeBoard.sol";
import {BN254} from "../libraries/BN254.sol";
import {CheatTest} from "./Cheats.sol";

/// @title Putting other code where a precompile stands
interface Mocks {
    function mockCall(address callee, bytes calldata data, bytes calldata answer) external;
    function mockCallRevert(address callee, bytes calldata data, bytes calldata answer) external;
}

/// @title What may be read as a point, how the precompiles are called, and what their lack does
contract BN254Test is CheatTest {
    using BN254 for BN254.Point;

    Mocks private constant MOCKS = Mocks(address(vm));

    function add(BN254.Point memory one, BN254.Point memory other) external view returns (BN254.Point memory) {
        return one.add(other);
    }

    function mul(BN254.Point memory point, uint256 scalar) external view returns (BN254.Point memory) {
        return point.mul(scalar);
    }

    /// @notice Every multiple of the generator may be read; with a coordinate moved by the prime or by one it may not.
    function testFuzz_PointsThatMayBeRead(uint256 seed) public view {
        BN254.Point memory point = BN254.generator().mul(bound(seed, 1, BN254.Q - 1));
        yes("point", point.isPoint());
        yes("x + p", !BN254.Point(point.x + BN254.P, point.y).isPoint());
        yes("y + p", !BN254.Point(point.x, point.y + BN254.P).isPoint());
        yes("y + 1", !BN254.Point(point.x, addmod(point.y, 1, BN254.P)).isPoint());
        yes("swapped", !BN254.Point(point.y, point.x).isPoint());
    }

    /// @notice Infinity, and the prime in its place, are no points to be read.
    function test_InfinityMayNotBeRead() public pure {
        yes("infinity", !BN254.Point(0, 0).isPoint());
        yes("(p, p)", !BN254.Point(BN254.P, BN254.P).isPoint());
        yes("(0, p)", !BN254.Point(0, BN254.P).isPoint());
    }

    /// @notice Multiples add up as scalars do, and the order brings back infinity.
    function testFuzz_MultiplesAddUp(uint256 one, uint256 other) public view {
        (one, other) = (bound(one, 0, BN254.Q - 1), bound(other, 0, BN254.Q - 1));
        BN254.Point memory sum = BN254.generator().mul(one).add(BN254.generator().mul(other));
        BN254.Point memory expected = BN254.generator().mul(addmod(one, other, BN254.Q));
        same("x", expected.x, sum.x);
        same("y", expected.y, sum.y);
        BN254.Point memory none = BN254.generator().mul(BN254.Q);
        same("infinity", 0, none.x | none.y);
    }

    /// @notice Euclid's inverse is one.
    function testFuzz_Inverse(uint256 seed) public pure {
        uint256 scalar = bound(seed, 1, BN254.Q - 1);
        same("product", 1, mulmod(scalar, BN254.inverse(scalar), BN254.Q));
    }

    /// @notice The constant of the reduction is 2^256 modulo the order.
    function test_Reduction() public pure {
        same("2^256", addmod(type(uint256).max % BN254.Q, 1, BN254.Q), BN254.R256);
    }

    /// @notice A point off the curve is refused, and burns what one call is given, not what the caller has.
    function test_OffTheCurveBurnsLittle() public view {
        uint256 before = gasleft();
        _refused(abi.encodeCall(this.mul, (BN254.Point(1, 1), 3)));
        _refused(abi.encodeCall(this.add, (BN254.Point(1, 1), BN254.generator())));
        yes("gas", before - gasleft() < 25_000);
    }

    /// @notice On a chain without multiplication or addition no board can be made.
    function test_NoBoardWithoutPrecompiles() public {
        new TrusteeBoard(address(this));
        for (uint160 precompile = 6; precompile < 8; ++precompile) {
            uint256 before = vm.snapshotState();
            MOCKS.mockCall(address(precompile), "", "");
            _noBoard();
            vm.revertToState(before);
            MOCKS.mockCallRevert(address(precompile), "", "");
            _noBoard();
            vm.revertToState(before);
        }
    }

    function _noBoard() private {
        try new TrusteeBoard(address(this)) {
            yes("no board", false);
        } catch (bytes memory reason) {
            same("reason", uint32(BN254.BN254Precompiles.selector), uint32(bytes4(reason)));
        }
    }

    function _refused(bytes memory data) private view {
        (bool ok, bytes memory reason) = address(this).staticcall(data);
        yes("refused", !ok && bytes4(reason) == BN254.BN254Precompiles.selector);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title The group BN254 G1 by its two precompiles (EIP-196), with everything read held to the protocol's rules
/// @dev Precompiles get what they cost and no more: a point off the curve makes them burn all they are given.
library BN254 {
    /// @dev This chain's precompiles are missing or wrong.
    error BN254Precompiles();

    /// @dev The field's prime: coordinates are below it.
    uint256 internal constant P = 21888242871839275222246405745257275088696311157297823662689037894645226208583;

    /// @dev The group's order: scalars are below it.
    uint256 internal constant Q = 21888242871839275222246405745257275088548364400416034343698204186575808495617;

    /// @dev 2^256 modulo `Q`.
    uint256 internal constant R256 = 6350874878119819312338956282401532410528162663560392320966563075034087161851;

    uint256 private constant SEVEN_X = 10415861484417082502655338383609494480414113902179649885744799961447382638712;
    uint256 private constant SEVEN_Y = 10196215078179488638353184030336251401353352596818396260819493263908881608606;

    /// @dev A point; infinity is (0, 0).
    struct Point {
        uint256 x;
        uint256 y;
    }

    function generator() internal pure returns (Point memory) {
        return Point(1, 2);
    }

    /// @notice Whether a point may be read: coordinates below the prime, on the curve, not infinity.
    function isPoint(Point memory point) internal pure returns (bool) {
        (uint256 x, uint256 y) = (point.x, point.y);
        if (x >= P || y >= P) return false;
        return mulmod(y, y, P) == addmod(mulmod(x, mulmod(x, x, P), P), 3, P);
    }

    /// @notice The sum of two points of the curve.
    function add(Point memory one, Point memory other) internal view returns (Point memory sum) {
        uint256[4] memory input = [one.x, one.y, other.x, other.y];
        bool ok;
        assembly ("memory-safe") {
            ok := staticcall(300, 6, input, 128, sum, 64)
            ok := and(ok, eq(returndatasize(), 64))
        }
        if (!ok) revert BN254Precompiles();
    }

    /// @notice `scalar` times a point of the curve.
    function mul(Point memory point, uint256 scalar) internal view returns (Point memory product) {
        uint256[3] memory input = [point.x, point.y, scalar];
        bool ok;
        assembly ("memory-safe") {
            ok := staticcall(6150, 7, input, 96, product, 64)
            ok := and(ok, eq(returndatasize(), 64))
        }
        if (!ok) revert BN254Precompiles();
    }

    /// @notice `s * base - c * point`: what a proof committed to. Scalars are below `Q`.
    function commitment(
        Point memory base,
        uint256 s,
        Point memory point,
        uint256 c
    ) internal view returns (Point memory) {
        return add(mul(base, s), mul(point, Q - c));
    }

    /// @notice A hash of 256 bits stretched to 512 and reduced: a scalar without bias.
    function toScalar(bytes32 seed) internal pure returns (uint256) {
        uint256 high = uint256(keccak256(abi.encode(seed, uint256(0))));
        uint256 low = uint256(keccak256(abi.encode(seed, uint256(1))));
        return addmod(mulmod(high, R256, Q), low, Q);
    }

    /// @notice The inverse of a scalar that is neither zero nor `Q` or above, by Euclid.
    function inverse(uint256 scalar) internal pure returns (uint256 found) {
        (uint256 next, uint256 rest, uint256 divisor) = (1, Q, scalar);
        while (divisor != 0) {
            uint256 quotient = rest / divisor;
            (found, next) = (next, addmod(found, Q - mulmod(quotient, next, Q), Q));
            (rest, divisor) = (divisor, rest % divisor);
        }
    }

    /// @notice Reverts unless multiplication, addition and the refusal of a point off the curve work on this chain.
    function requirePrecompiles() internal view {
        Point memory seven = mul(generator(), 7);
        Point memory again = add(mul(generator(), 3), mul(generator(), 4));
        bool right = seven.x == SEVEN_X && seven.y == SEVEN_Y && again.x == SEVEN_X && again.y == SEVEN_Y;
        uint256[4] memory off = [uint256(1), 1, 1, 2];
        bool refused;
        assembly ("memory-safe") {
            refused := iszero(staticcall(300, 6, off, 128, off, 64))
        }
        if (!right || !refused) revert BN254Precompiles();
    }
}

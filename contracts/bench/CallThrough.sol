// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title A contract between the sender and ours, for tests: what strangers may put there, and never a part of a release
contract CallThrough {
    error CallThroughRefused();

    /// @notice Calls `target` with exactly `data`; whatever stands behind the arguments is left out.
    function pass(address target, bytes calldata data) external {
        // Calling anything is what it is for.
        // solhint-disable-next-line avoid-low-level-calls
        (bool done, ) = target.call(data);
        if (!done) revert CallThroughRefused();
    }

    /// @notice Lets every forwarder call it.
    function isTrustedForwarder(address) external pure returns (bool) {
        return true;
    }
}

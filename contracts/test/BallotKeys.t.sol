// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {BallotKeys} from "../libraries/BallotKeys.sol";
import {CheatTest} from "./Cheats.sol";

/// @title A registry that answers with one key, whatever it is asked
contract OneKeyRegistry {
    function keysOf(bytes calldata) external view returns (address[] memory keys) {
        keys = new address[](1);
        keys[0] = address(this);
    }
}

/// @title What reading keys does with a registry that does not answer as the factory's do
contract BallotKeysTest is CheatTest {
    function read(address registry, bytes calldata records) external view returns (uint256[] memory) {
        return BallotKeys.read(registry, records);
    }

    /// @notice One key for one record is read.
    function test_OneKey() public {
        OneKeyRegistry registry = new OneKeyRegistry();
        uint256[] memory keys = this.read(address(registry), new bytes(77));
        same("keys", 1, keys.length);
        same("key", uint256(uint160(address(registry))), keys[0]);
    }

    /// @notice Fewer keys than records are refused, and so is an address without code.
    function test_BallotKeysUnreadable() public {
        _refused(address(new OneKeyRegistry()), new bytes(154));
        _refused(address(0xdead), new bytes(77));
    }

    function _refused(address registry, bytes memory records) private view {
        try this.read(registry, records) {
            yes("refused", false);
        } catch (bytes memory reason) {
            yes(
                "reason",
                keccak256(reason) ==
                    keccak256(abi.encodeWithSelector(BallotKeys.BallotKeysUnreadable.selector, registry))
            );
        }
    }
}

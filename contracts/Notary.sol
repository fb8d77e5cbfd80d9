// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {INotary} from "./interfaces/INotary.sol";
import {RegistryBound} from "./registry/RegistryBound.sol";

/// @title Notary of a community's documents
/// @notice Proves that a document existed when its root was anchored, without showing it.
contract Notary is INotary, RegistryBound {
    mapping(bytes32 root => uint64 at) private _anchoredAt;

    constructor(address forwarder) ERC2771Context(forwarder) {}

    /// @inheritdoc INotary
    function anchor(bytes32 root, bytes32 subject) external {
        address sender = _msgSender();
        if (registry().roleOf(sender) == bytes32(0)) revert NotaryNotOfficial(sender);
        if (root == bytes32(0)) revert NotaryZeroRoot();
        if (_anchoredAt[root] != 0) revert NotaryAlreadyAnchored(root, _anchoredAt[root]);
        _anchoredAt[root] = uint64(block.timestamp);
        emit Anchored(root, subject, sender);
    }

    /// @inheritdoc INotary
    function anchoredAt(bytes32 root) external view returns (uint64) {
        return _anchoredAt[root];
    }

    /// @inheritdoc INotary
    function verify(bytes32 root, bytes32 leaf, bytes32[] calldata proof) external view returns (bool) {
        return _anchoredAt[root] != 0 && MerkleProof.verifyCalldata(proof, root, leaf);
    }
}

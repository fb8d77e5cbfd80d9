// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title Anchors of documents
interface INotary {
    /// @dev Only the community's officials anchor.
    error NotaryNotOfficial(address account);

    /// @dev The zero root stands for nothing.
    error NotaryZeroRoot();

    /// @dev A root is anchored once: its first time is what it proves.
    error NotaryAlreadyAnchored(bytes32 root, uint64 at);

    event Anchored(bytes32 indexed root, bytes32 indexed subject, address by);

    /// @notice Anchors a Merkle root under a subject.
    ///
    /// Requirements:
    /// - the caller is an official of the community;
    /// - the root is not zero and not anchored yet.
    function anchor(bytes32 root, bytes32 subject) external;

    /// @notice When a root was anchored, or 0.
    function anchoredAt(bytes32 root) external view returns (uint64);

    /// @notice Whether `leaf` (hashed twice and salted) is under an anchored `root`; pairs are sorted.
    function verify(bytes32 root, bytes32 leaf, bytes32[] calldata proof) external view returns (bool);
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";
import {CommunityFactory} from "../CommunityFactory.sol";
import {Notary} from "../Notary.sol";
import {OpenMeeting} from "../OpenMeeting.sol";
import {OwnerRegistry} from "../OwnerRegistry.sol";
import {SecretMeeting} from "../SecretMeeting.sol";
import {TrusteeBoard} from "../TrusteeBoard.sol";
import {TypeHashes} from "../libraries/TypeHashes.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {Convening, MeetingSummary, Motion, Rules} from "../types/MeetingTypes.sol";
import {CommunityContracts, Registration} from "../types/RegistryTypes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";
import {CheatTest} from "./Cheats.sol";

/// @title A community of 20 owners with a meeting of 7 motions, the last three of them a group with a cap of 1
abstract contract MeetingWorld is CheatTest {
    uint256 internal constant OWNERS = 20;
    uint256 internal constant MOTIONS = 7;
    uint256 internal constant START = 1_800_000_000;
    address internal constant OPERATOR = address(0x1001);
    address internal constant COMMITTEE = address(0x1002);
    address internal constant SUPERVISOR = address(0x1003);

    OwnerRegistry internal registry;
    OpenMeeting internal meetings;
    MeetingId internal constant MEETING = MeetingId.wrap(1);

    function buildWorld() internal {
        vm.warp(START);
        address forwarder = address(new ERC2771Forwarder("Wanjia Forwarder"));
        CommunityFactory factory = new CommunityFactory(
            new OwnerRegistry(forwarder),
            new OpenMeeting(forwarder),
            new SecretMeeting(forwarder),
            new TrusteeBoard(forwarder),
            new Notary(forwarder)
        );
        CommunityContracts memory made;
        (registry, made) = factory.createCommunity("community", OPERATOR, COMMITTEE, SUPERVISOR);
        meetings = OpenMeeting(made.openMeeting);
        Registration[] memory entries = new Registration[](OWNERS);
        for (uint256 i = 0; i < OWNERS; ++i) {
            entries[i] = registration(uint32(i + 1));
        }
        vm.prank(OPERATOR);
        registry.register(entries);
    }

    function convene() internal {
        Convening memory content;
        content.motions = new Motion[](MOTIONS);
        for (uint256 i = 0; i < MOTIONS; ++i) {
            bool grouped = i > 3;
            content.motions[i] = Motion(uint8(i + 1), grouped ? 9 : 0, grouped ? 1 : 0, bytes32(i));
        }
        content.documents = new bytes32[](1);
        content.opensAt = uint64(block.timestamp + 20 days);
        content.closesAt = content.opensAt + 10 days;
        content.rules = Rules("rules", 15 days, 7 days, 1 days, 7 days);
        vm.prank(COMMITTEE);
        meetings.convene(content);
    }

    /// @dev Leads meeting 1 to Open over a roll of all owners.
    function openMeeting() internal {
        convene();
        bytes32 hash = meetings.summaryOf(MEETING).conveneHash;
        vm.prank(SUPERVISOR);
        meetings.consent(MEETING, hash);
        uint256[] memory words = rollWords();
        vm.prank(COMMITTEE);
        meetings.publishRoll(MEETING, 0, words);
        vm.warp(block.timestamp + 7 days);
        MeetingSummary memory now_ = meetings.summaryOf(MEETING);
        vm.prank(SUPERVISOR);
        meetings.sealRoll(MEETING, now_.rollDigest, now_.total.area, now_.total.heads);
        vm.warp(now_.opensAt);
    }

    function rollWords() internal pure returns (uint256[] memory words) {
        words = new uint256[](OWNERS / 8 + 1);
        for (uint256 voter = 1; voter <= OWNERS; ++voter) {
            words[voter / 8] |= areaOf(voter) << (32 * (voter % 8));
        }
    }

    function areaOf(uint256 voter) internal pure returns (uint256) {
        return voter == 0 || voter > OWNERS ? 0 : 4_000 + (uint256(keccak256(abi.encode(voter))) % 10_000);
    }

    function keyOf(uint256 voter) internal pure returns (uint256) {
        return 0xA11CE + voter;
    }

    function registration(uint32 voter) internal view returns (Registration memory one) {
        one = Registration(VoterIndex.wrap(voter), vm.addr(keyOf(voter)), bytes32(uint256(voter)), 0, 0);
        bytes32 digest = digestOf(registryDomain(), TypeHashes.possession(one.voter, one.key, one.evidence));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf(voter), digest);
        (one.r, one.vs) = (r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }

    /// @dev A record signed by the voter's own key.
    function ballot(uint32 voter, uint64 choices) internal view returns (bytes memory) {
        bytes32 hash = meetings.summaryOf(MEETING).conveneHash;
        bytes32 digest = digestOf(
            domain("Wanjia OpenMeeting", address(meetings)),
            keccak256(abi.encode(TypeHashes.OPEN_BALLOT, MEETING, hash, voter, choices))
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf(voter), digest);
        return abi.encodePacked(voter, choices, r, s, v);
    }

    /// @dev Choices that can count: 0 to 2 a motion, at most one of the group supported.
    function validChoices(uint256 seed) internal pure returns (uint64 choices) {
        bool supported;
        for (uint256 i = 0; i < MOTIONS; ++i) {
            uint256 choice = (seed >> (8 * i)) % 3;
            if (i > 3 && choice == 1) {
                if (supported) choice = 2;
                supported = true;
            }
            choices |= uint64(choice << (2 * i));
        }
    }

    function registryDomain() internal view returns (bytes32) {
        return domain("Wanjia OwnerRegistry", address(registry));
    }

    function domain(string memory name, address where) internal view returns (bytes32) {
        bytes32 kind = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        return keccak256(abi.encode(kind, keccak256(bytes(name)), keccak256("1"), block.chainid, where));
    }

    function digestOf(bytes32 separator, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", separator, structHash));
    }
}

/** Written by hardhat-free-scripts/front_end_abi.py from the compiled contracts: do not edit. */

/** Length and hash of the code, immutables (start and length in bytes) set to zero. */
// prettier-ignore
export const releaseCode = {
  OwnerRegistry: {"bytes": 12175, "hash": "0xe1aa1122ee40689bb18a2db5c0e89e4a01a2b6ef424c6a2da5d97ac27aa6423e", "immutables": [[731, 32], [851, 32], [7910, 32], [7955, 32], [8551, 32], [8840, 32], [9617, 32], [9659, 32], [9701, 32], [9782, 32], [9822, 32]]},
  OpenMeeting: {"bytes": 21164, "hash": "0xc0737ae4c94fe535c2b52a1a174b0e0f60c1521ec200936a305da49fa5456e60", "immutables": [[600, 32], [764, 32], [11006, 32], [11056, 32], [14328, 32], [14959, 32], [15001, 32], [15043, 32], [15124, 32], [15164, 32]]},
  Notary: {"bytes": 2278, "hash": "0x294e207d81be884b7808a69d295786d7d03227bb41af0db92b483ffc50a1c57b", "immutables": [[186, 32], [312, 32], [1584, 32]]},
  CommunityFactory: {"bytes": 1717, "hash": "0xd7cfa214b66b83b92fe8620d6dc1fcaa5846ff80452801fb0b2dbb1b2713d23c", "immutables": [[113, 32], [268, 32], [361, 32], [604, 32], [647, 32], [690, 32]]},
  ERC2771Forwarder: {"bytes": 4779, "hash": "0xf8475117392ad2a965b74250c9b7c43f3c97a80ca5d7fe74485da3aba705271d", "immutables": [[1065, 32], [1115, 32], [3042, 32], [3084, 32], [3126, 32], [3207, 32], [3247, 32]]},
} as const

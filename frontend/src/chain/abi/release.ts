/** Written by hardhat-free-scripts/front_end_abi.py from the compiled contracts: do not edit. */

/** Length and hash of the code, immutables (start and length in bytes) set to zero. */
// prettier-ignore
export const releaseCode = {
  OwnerRegistry: {"bytes": 9767, "hash": "0xa98cd44efe55f63896c6e34288a4a46f9b0946197c360d36058be048a10f3ed9", "immutables": [[817, 32], [990, 32], [6039, 32], [6084, 32], [6524, 32], [6748, 32], [7371, 32], [7413, 32], [7455, 32], [7536, 32], [7576, 32]]},
  OpenMeeting: {"bytes": 17729, "hash": "0x4005c74dc5df1c4b824b017cfc0c929072d8e9ff76433506038bbc520035f75d", "immutables": [[525, 32], [650, 32], [8191, 32], [8241, 32], [11309, 32], [11909, 32], [11951, 32], [11993, 32], [12074, 32], [12114, 32]]},
  SecretMeeting: {"bytes": 24471, "hash": "0x11c0fa783e690c5b354de34587e3ee06ff1720d6632cad2b3293a8383cbaeb12", "immutables": [[791, 32], [949, 32], [10246, 32], [10296, 32], [14609, 32], [16706, 32], [16748, 32], [16790, 32], [16871, 32], [16911, 32]]},
  TrusteeBoard: {"bytes": 17916, "hash": "0xa1f33c1dced8d4e4c61906fb69b233e41ca033280360d4c84e65ee10b6ea7315", "immutables": [[646, 32], [782, 32], [13012, 32]]},
  Notary: {"bytes": 1839, "hash": "0xe627d1c858bd57087966a69b471e481148bcf9594cdc326b19c97bfa3cc618f1", "immutables": [[186, 32], [273, 32], [1221, 32]]},
  CommunityFactory: {"bytes": 1999, "hash": "0xd98f1a47052caf73a594df22cb8e57d2d2bd4165cc84738705fe2e7687552265", "immutables": [[135, 32], [203, 32], [242, 32], [314, 32], [394, 32], [592, 32], [635, 32], [687, 32], [742, 32], [797, 32]]},
  ERC2771Forwarder: {"bytes": 3933, "hash": "0x153a28dde00c5b4db5ee76c62db53bac0f7736645bbce26fb4a9e1defc188b67", "immutables": [[894, 32], [944, 32], [2552, 32], [2594, 32], [2636, 32], [2717, 32], [2757, 32]]},
} as const

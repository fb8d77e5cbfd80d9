/** Written by hardhat-free-scripts/front_end_abi.py from the compiled contracts: do not edit. */

/** Length and hash of the code, immutables (start and length in bytes) set to zero. */
// prettier-ignore
export const releaseCode = {
  OwnerRegistry: {"bytes": 13066, "hash": "0x3da10b04d43d7fef4a24b8369edb3895d7859caae47c68dcace073299de47f9a", "immutables": [[925, 32], [1137, 32], [8352, 32], [8397, 32], [8993, 32], [9282, 32], [10141, 32], [10183, 32], [10225, 32], [10306, 32], [10346, 32]]},
  OpenMeeting: {"bytes": 21259, "hash": "0x51363f13f7e351011b61c21a55cef432ffdfe43ed19e018bb4a7e48c87213fae", "immutables": [[589, 32], [753, 32], [10979, 32], [11029, 32], [14426, 32], [15057, 32], [15099, 32], [15141, 32], [15222, 32], [15262, 32]]},
  SecretMeeting: {"bytes": 23554, "hash": "0x1ac99f3ae1cb40786fcdbd485d98093ae8e7d32476ce1f373ed6d17d08eb71ac", "immutables": [[770, 32], [967, 32], [12676, 32], [12726, 32], [16385, 32], [17718, 32], [17760, 32], [17802, 32], [17883, 32], [17923, 32]]},
  TrusteeBoard: {"bytes": 813, "hash": "0xddecf7f3c7498923156ddb50beb814b859b86e057a864cfc117fa2d24cb0d895", "immutables": [[97, 32], [244, 32]]},
  Notary: {"bytes": 2278, "hash": "0x294e207d81be884b7808a69d295786d7d03227bb41af0db92b483ffc50a1c57b", "immutables": [[186, 32], [312, 32], [1584, 32]]},
  CommunityFactory: {"bytes": 2659, "hash": "0x15e6455af487adc853fe3019b144597688a57d96f59c94dfc75e97ca2e71220c", "immutables": [[135, 32], [216, 32], [255, 32], [327, 32], [420, 32], [694, 32], [737, 32], [802, 32], [870, 32], [938, 32]]},
  ERC2771Forwarder: {"bytes": 4779, "hash": "0xf8475117392ad2a965b74250c9b7c43f3c97a80ca5d7fe74485da3aba705271d", "immutables": [[1065, 32], [1115, 32], [3042, 32], [3084, 32], [3126, 32], [3207, 32], [3247, 32]]},
} as const

/** Written by hardhat-free-scripts/front_end_abi.py from the compiled contracts: do not edit. */
// prettier-ignore
export const factoryAbi = [
  {"inputs": [{"name": "community", "type": "bytes32"}, {"name": "registry", "type": "address"}], "name": "CommunityFactoryCommunityExists", "type": "error"},
  {"inputs": [], "name": "CommunityFactoryForwarderMismatch", "type": "error"},
  {"inputs": [], "name": "CommunityFactoryZeroCommunity", "type": "error"},
  {"inputs": [], "name": "FailedDeployment", "type": "error"},
  {"inputs": [{"name": "balance", "type": "uint256"}, {"name": "needed", "type": "uint256"}], "name": "InsufficientBalance", "type": "error"},
  {"anonymous": false, "inputs": [{"indexed": false, "name": "community", "type": "bytes32"}, {"indexed": false, "name": "registry", "type": "address"}, {"indexed": false, "name": "openMeeting", "type": "address"}, {"indexed": false, "name": "secretMeeting", "type": "address"}, {"indexed": false, "name": "trusteeBoard", "type": "address"}, {"indexed": false, "name": "notary", "type": "address"}, {"indexed": false, "name": "operator", "type": "address"}, {"indexed": false, "name": "committee", "type": "address"}, {"indexed": false, "name": "supervisor", "type": "address"}], "name": "CommunityCreated", "type": "event"},
  {"inputs": [{"name": "community", "type": "bytes32"}, {"name": "operator", "type": "address"}, {"name": "committee", "type": "address"}, {"name": "supervisor", "type": "address"}], "name": "createCommunity", "outputs": [{"name": "registry", "type": "address"}, {"components": [{"name": "openMeeting", "type": "address"}, {"name": "secretMeeting", "type": "address"}, {"name": "trusteeBoard", "type": "address"}, {"name": "notary", "type": "address"}], "name": "contracts", "type": "tuple"}], "stateMutability": "nonpayable", "type": "function"},
  {"inputs": [], "name": "notaryImplementation", "outputs": [{"name": "", "type": "address"}], "stateMutability": "view", "type": "function"},
  {"inputs": [], "name": "openMeetingImplementation", "outputs": [{"name": "", "type": "address"}], "stateMutability": "view", "type": "function"},
  {"inputs": [], "name": "registryImplementation", "outputs": [{"name": "", "type": "address"}], "stateMutability": "view", "type": "function"},
  {"inputs": [{"name": "community", "type": "bytes32"}], "name": "registryOf", "outputs": [{"name": "", "type": "address"}], "stateMutability": "view", "type": "function"},
  {"inputs": [], "name": "secretMeetingImplementation", "outputs": [{"name": "", "type": "address"}], "stateMutability": "view", "type": "function"},
  {"inputs": [], "name": "trusteeBoardImplementation", "outputs": [{"name": "", "type": "address"}], "stateMutability": "view", "type": "function"},
] as const

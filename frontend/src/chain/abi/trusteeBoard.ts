/** Written by hardhat-free-scripts/front_end_abi.py from the compiled contracts: do not edit. */
// prettier-ignore
export const trusteeBoardAbi = [
  {"inputs": [], "name": "InvalidInitialization", "type": "error"},
  {"inputs": [], "name": "NotInitializing", "type": "error"},
  {"inputs": [{"name": "account", "type": "address"}, {"name": "role", "type": "bytes32"}], "name": "RegistryBoundMissingRole", "type": "error"},
  {"anonymous": false, "inputs": [{"indexed": false, "name": "version", "type": "uint64"}], "name": "Initialized", "type": "event"},
  {"inputs": [{"name": "registry_", "type": "address"}], "name": "initialize", "outputs": [], "stateMutability": "nonpayable", "type": "function"},
  {"inputs": [{"name": "forwarder", "type": "address"}], "name": "isTrustedForwarder", "outputs": [{"name": "", "type": "bool"}], "stateMutability": "view", "type": "function"},
  {"inputs": [], "name": "registry", "outputs": [{"name": "", "type": "address"}], "stateMutability": "view", "type": "function"},
  {"inputs": [], "name": "trustedForwarder", "outputs": [{"name": "", "type": "address"}], "stateMutability": "view", "type": "function"},
] as const

/** Written by hardhat-free-scripts/front_end_abi.py from the compiled contracts: do not edit. */
// prettier-ignore
export const notaryAbi = [
  {"inputs": [], "name": "InvalidInitialization", "type": "error"},
  {"inputs": [], "name": "NotInitializing", "type": "error"},
  {"inputs": [{"name": "root", "type": "bytes32"}, {"name": "at", "type": "uint64"}], "name": "NotaryAlreadyAnchored", "type": "error"},
  {"inputs": [{"name": "account", "type": "address"}], "name": "NotaryNotOfficial", "type": "error"},
  {"inputs": [], "name": "NotaryZeroRoot", "type": "error"},
  {"inputs": [{"name": "account", "type": "address"}, {"name": "role", "type": "bytes32"}], "name": "RegistryBoundMissingRole", "type": "error"},
  {"anonymous": false, "inputs": [{"indexed": true, "name": "root", "type": "bytes32"}, {"indexed": true, "name": "subject", "type": "bytes32"}, {"indexed": false, "name": "by", "type": "address"}], "name": "Anchored", "type": "event"},
  {"anonymous": false, "inputs": [{"indexed": false, "name": "version", "type": "uint64"}], "name": "Initialized", "type": "event"},
  {"inputs": [{"name": "root", "type": "bytes32"}, {"name": "subject", "type": "bytes32"}], "name": "anchor", "outputs": [], "stateMutability": "nonpayable", "type": "function"},
  {"inputs": [{"name": "root", "type": "bytes32"}], "name": "anchoredAt", "outputs": [{"name": "", "type": "uint64"}], "stateMutability": "view", "type": "function"},
  {"inputs": [{"name": "registry_", "type": "address"}], "name": "initialize", "outputs": [], "stateMutability": "nonpayable", "type": "function"},
  {"inputs": [{"name": "forwarder", "type": "address"}], "name": "isTrustedForwarder", "outputs": [{"name": "", "type": "bool"}], "stateMutability": "view", "type": "function"},
  {"inputs": [], "name": "registry", "outputs": [{"name": "", "type": "address"}], "stateMutability": "view", "type": "function"},
  {"inputs": [], "name": "trustedForwarder", "outputs": [{"name": "", "type": "address"}], "stateMutability": "view", "type": "function"},
  {"inputs": [{"name": "root", "type": "bytes32"}, {"name": "leaf", "type": "bytes32"}, {"name": "proof", "type": "bytes32[]"}], "name": "verify", "outputs": [{"name": "", "type": "bool"}], "stateMutability": "view", "type": "function"},
] as const

/** Written by hardhat-free-scripts/front_end_abi.py from the compiled contracts: do not edit. */
// prettier-ignore
export const forwarderAbi = [
  {"inputs": [{"name": "deadline", "type": "uint48"}], "name": "ERC2771ForwarderExpiredRequest", "type": "error"},
  {"inputs": [{"name": "signer", "type": "address"}, {"name": "from", "type": "address"}], "name": "ERC2771ForwarderInvalidSigner", "type": "error"},
  {"inputs": [{"name": "requestedValue", "type": "uint256"}, {"name": "msgValue", "type": "uint256"}], "name": "ERC2771ForwarderMismatchedValue", "type": "error"},
  {"inputs": [{"name": "target", "type": "address"}, {"name": "forwarder", "type": "address"}], "name": "ERC2771UntrustfulTarget", "type": "error"},
  {"inputs": [], "name": "FailedCall", "type": "error"},
  {"inputs": [{"name": "balance", "type": "uint256"}, {"name": "needed", "type": "uint256"}], "name": "InsufficientBalance", "type": "error"},
  {"inputs": [{"name": "account", "type": "address"}, {"name": "currentNonce", "type": "uint256"}], "name": "InvalidAccountNonce", "type": "error"},
  {"inputs": [], "name": "InvalidShortString", "type": "error"},
  {"inputs": [{"name": "str", "type": "string"}], "name": "StringTooLong", "type": "error"},
  {"anonymous": false, "inputs": [], "name": "EIP712DomainChanged", "type": "event"},
  {"anonymous": false, "inputs": [{"indexed": true, "name": "signer", "type": "address"}, {"indexed": false, "name": "nonce", "type": "uint256"}, {"indexed": false, "name": "success", "type": "bool"}], "name": "ExecutedForwardRequest", "type": "event"},
  {"inputs": [], "name": "eip712Domain", "outputs": [{"name": "fields", "type": "bytes1"}, {"name": "name", "type": "string"}, {"name": "version", "type": "string"}, {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"}, {"name": "salt", "type": "bytes32"}, {"name": "extensions", "type": "uint256[]"}], "stateMutability": "view", "type": "function"},
  {"inputs": [{"components": [{"name": "from", "type": "address"}, {"name": "to", "type": "address"}, {"name": "value", "type": "uint256"}, {"name": "gas", "type": "uint256"}, {"name": "deadline", "type": "uint48"}, {"name": "data", "type": "bytes"}, {"name": "signature", "type": "bytes"}], "name": "request", "type": "tuple"}], "name": "execute", "outputs": [], "stateMutability": "payable", "type": "function"},
  {"inputs": [{"components": [{"name": "from", "type": "address"}, {"name": "to", "type": "address"}, {"name": "value", "type": "uint256"}, {"name": "gas", "type": "uint256"}, {"name": "deadline", "type": "uint48"}, {"name": "data", "type": "bytes"}, {"name": "signature", "type": "bytes"}], "name": "requests", "type": "tuple[]"}, {"name": "refundReceiver", "type": "address"}], "name": "executeBatch", "outputs": [], "stateMutability": "payable", "type": "function"},
  {"inputs": [{"name": "owner", "type": "address"}], "name": "nonces", "outputs": [{"name": "", "type": "uint256"}], "stateMutability": "view", "type": "function"},
  {"inputs": [{"components": [{"name": "from", "type": "address"}, {"name": "to", "type": "address"}, {"name": "value", "type": "uint256"}, {"name": "gas", "type": "uint256"}, {"name": "deadline", "type": "uint48"}, {"name": "data", "type": "bytes"}, {"name": "signature", "type": "bytes"}], "name": "request", "type": "tuple"}], "name": "verify", "outputs": [{"name": "", "type": "bool"}], "stateMutability": "view", "type": "function"},
] as const

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

// Nothing of our own: OpenZeppelin's forwarder, named here so that it is compiled with the release. Deployed as
// `Wanjia Forwarder`, version 1. Officials sign, the operator pays, and nobody acts for them.
// Imported only to be compiled.
// solhint-disable-next-line no-unused-import
import {ERC2771Forwarder} from "@openzeppelin/contracts/metatx/ERC2771Forwarder.sol";

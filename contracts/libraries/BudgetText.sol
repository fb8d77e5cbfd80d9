// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {BudgetLine, BudgetTable} from "../funds/FundTypes.sol";

/// @title The budget table of a meeting as its owners read it
/// @dev Written here byte by byte, so that the amount which owners read before they vote is the amount that binds.
library BudgetText {
    /// @notice The document's hash, as a convening holds it.
    function hashOf(BudgetTable calldata table) internal pure returns (bytes32) {
        bytes memory text = bytes(unicode"# 预算表\n\n");
        for (uint256 i = 0; i < table.lines.length; ++i) {
            text = bytes.concat(text, _line(table.lines[i]));
        }
        return keccak256(bytes.concat(text, unicode"\n随机码：", _hex(table.salt), "\n"));
    }

    function _line(BudgetLine calldata line) private pure returns (bytes memory) {
        bytes memory fen = bytes(Strings.toString(line.amount));
        return
            bytes.concat(
                unicode"- 第 ",
                bytes(Strings.toString(uint256(line.motion) + 1)),
                unicode" 项议题：",
                _yuan(line.amount),
                unicode" 元（",
                fen,
                unicode" 分），项目 ",
                _hex(line.project),
                "\n"
            );
    }

    /// @dev With two digits behind the point.
    function _yuan(uint256 amount) private pure returns (bytes memory) {
        uint256 rest = amount % 100;
        return
            bytes.concat(
                bytes(Strings.toString(amount / 100)),
                rest < 10 ? bytes(".0") : bytes("."),
                bytes(Strings.toString(rest))
            );
    }

    function _hex(bytes32 value) private pure returns (bytes memory) {
        return bytes(Strings.toHexString(uint256(value), 32));
    }
}

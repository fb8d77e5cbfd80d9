"""Statements as banks write them, made from lines; OFX by ofxtools, which the program itself does not use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree.ElementTree import tostring

from ledgers import NUMBER
from ofxtools.header import make_header
from ofxtools.models import (
    BANKACCTFROM,
    BANKMSGSRSV1,
    BANKTRANLIST,
    FI,
    LEDGERBAL,
    OFX,
    SIGNONMSGSRSV1,
    SONRS,
    STATUS,
    STMTRS,
    STMTTRN,
    STMTTRNRS,
)

from wanjia.accounts.entries import yuan


@dataclass(frozen=True)
class Line:
    """One line as the bank has it."""

    day: date
    amount: int
    reference: str = ""
    words: str = "转账"
    party: str = "某某有限公司"


def chinese_csv(
    lines: Sequence[Line], opening: int, *, newest_first: bool = False, references: bool = True
) -> bytes:
    """GBK, lines above the header, two columns of amounts, thousands, tabs behind long numbers, totals below."""
    rows, balance = [], opening
    for line in lines:
        balance += line.amount
        came, went = (
            f"{abs(line.amount) / 100:,.2f}" if side else "" for side in (line.amount > 0, line.amount < 0)
        )
        cells = [f"{line.day:%Y%m%d}", came, went, f"{balance / 100:,.2f}", line.words, line.party]
        rows.append([*cells, "6217000000000000099\t", line.reference + "\t" if references else ""])
    head = ["交易日期", "收入", "支出", "账户余额(元)", "摘要", "对方户名", "对方账号", "交易流水号"]
    ordered = rows[::-1] if newest_first else rows
    text = [["某某银行账户交易明细"], [f"账号：{NUMBER}", "", "币种：人民币"], [], head, *ordered]
    text += [["合计", f"{len(rows)}", "笔"], ["打印时间：2026-10-01"]]
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in text).encode("gbk")


def ofx(lines: Sequence[Line], opening: int, *, version: int = 102, currency: str = "CNY") -> bytes:
    """OFX 1 (SGML, elements not closed) or 2 (XML)."""
    at = datetime(2026, 10, 1, tzinfo=UTC)
    closing = opening + sum(line.amount for line in lines)
    transactions = [
        STMTTRN(
            trntype="CREDIT" if line.amount > 0 else "DEBIT",
            dtposted=datetime(line.day.year, line.day.month, line.day.day, 4, tzinfo=UTC),
            trnamt=Decimal(yuan(line.amount)),
            fitid=line.reference,
            name=line.party,
            memo=line.words,
        )
        for line in lines
    ]
    days = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (lines[0].day, lines[-1].day)]
    statement = STMTRS(
        curdef=currency,
        bankacctfrom=BANKACCTFROM(bankid="102", acctid=NUMBER, accttype="CHECKING"),
        banktranlist=BANKTRANLIST(*transactions, dtstart=days[0], dtend=days[1]),
        ledgerbal=LEDGERBAL(balamt=Decimal(yuan(closing)), dtasof=at),
    )
    status = STATUS(code=0, severity="INFO")
    sign_on = SONRS(status=status, dtserver=at, language="ENG", fi=FI(org="B", fid="1"))
    document = OFX(
        signonmsgsrsv1=SIGNONMSGSRSV1(sonrs=sign_on),
        bankmsgsrsv1=BANKMSGSRSV1(STMTTRNRS(trnuid="1", status=status, stmtrs=statement)),
    )
    body = tostring(document.to_etree(), encoding="unicode")
    if version < 200:
        for name in ("TRNAMT", "FITID", "NAME", "MEMO", "DTPOSTED", "CURDEF", "BALAMT"):
            body = body.replace(f"</{name}>", "\n")
    return str(make_header(version=version)).encode() + body.encode()


def camt(
    lines: Sequence[Line], opening: int, *, version: str = "02", extra: str = "", closing: int | None = None
) -> bytes:
    """camt.053 with balances, one entry a line; version 02 or 08 and later name parties differently."""
    end = opening + sum(line.amount for line in lines) if closing is None else closing
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    entries = "".join(_entry(line, version) for line in lines)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="{space}"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id>
<Acct><Id><Othr><Id>{NUMBER}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>
{_balance("OPBD", opening)}{_balance("CLBD", end)}{entries}{extra}</Stmt></BkToCstmrStmt></Document>""".encode()


def _sided(fen: int) -> str:
    side = "DBIT" if fen < 0 else "CRDT"
    return f'<Amt Ccy="CNY">{yuan(abs(fen))}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _balance(code: str, fen: int) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_sided(fen)}</Bal>"


def _entry(line: Line, version: str) -> str:
    status = "<Sts>BOOK</Sts>" if version < "08" else "<Sts><Cd>BOOK</Cd></Sts>"
    side = "Dbtr" if line.amount > 0 else "Cdtr"
    name = f"<Nm>{line.party}</Nm>" if version < "08" else f"<Pty><Nm>{line.party}</Nm></Pty>"
    other = (
        f"<{side}>{name}</{side}><{side}Acct><Id><Othr><Id>6217000000000000099</Id></Othr></Id></{side}Acct>"
    )
    return (
        f"<Ntry>{_sided(line.amount)}{status}<BookgDt><Dt>{line.day}</Dt></BookgDt>"
        f"<AcctSvcrRef>{line.reference}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties>{other}</RltdPties>"
        f"<RmtInf><Ustrd>{line.words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )

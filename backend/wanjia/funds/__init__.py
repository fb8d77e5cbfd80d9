"""Public money (公共资金): budgets, payments and statements, bound on the chain by `FundLedger` (docs/funds.md)."""

/** The two things taken from viem's accounts; named here, so that word lists and wallets are not fetched with them. */
export { privateKeyToAddress, sign } from 'viem/accounts'

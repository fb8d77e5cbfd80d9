/** secp256k1 in the page: a new key, a signature, and who signed. Signatures are 65 bytes, low s, v 27 or 28. */
import { isAddressEqual, recoverAddress } from 'viem/utils'
import type { Address, Hex } from 'viem'

/** The curve comes when it is first needed; reading a meeting takes none. */
const curve = () => import('./curve')

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** Draw a private key from the browser's randomness: 32 bytes between 1 and the curve's order. */
export function newSecret(): Uint8Array<ArrayBuffer> {
  for (;;) {
    const secret = crypto.getRandomValues(new Uint8Array(32))
    if (isSecret(secret)) return secret
  }
}

/** Tell whether 32 bytes are a private key: between 1 and the curve's order. */
export function isSecret(bytes: Uint8Array): boolean {
  const value = BigInt(toHex(bytes))
  return bytes.length === 32 && value > 0n && value < ORDER
}

/** Fetch the curve ahead of a signature, so that signing goes on when the network goes away. */
export async function fetchCurve(): Promise<void> {
  await curve()
}

/** The checksummed address of a 32-byte private key. */
export async function addressOf(secret: Uint8Array): Promise<Address> {
  const { privateKeyToAddress } = await curve()
  return privateKeyToAddress(toHex(secret))
}

/** Sign a 32-byte digest: r, s, v. */
export async function signDigest(secret: Uint8Array, digest: Hex): Promise<Hex> {
  const { sign } = await curve()
  return sign({ hash: digest, privateKey: toHex(secret), to: 'hex' })
}

/** Tell whether `signer` signed `digest`; a malformed signature is by nobody. */
export async function signedBy(signer: Address, digest: Hex, signature: Hex): Promise<boolean> {
  try {
    return isAddressEqual(await recoverAddress({ hash: digest, signature }), signer)
  } catch {
    return false
  }
}

function toHex(bytes: Uint8Array): Hex {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/**
 * How a private key lies on the phone: sealed under the PIN (PBKDF2), and that again under a device key that
 * WebCrypto holds and never hands out. A copied database is of no use without this browser; this browser is of
 * no use without the PIN.
 */
import { ITERATIONS, keyFrom } from './passphrase'

/** A sealed private key as it is stored; all but `deviceKey` are plain bytes and numbers. */
export interface SealedSecret {
  deviceKey: CryptoKey
  salt: Uint8Array<ArrayBuffer>
  iterations: number
  pinNonce: Uint8Array<ArrayBuffer>
  deviceNonce: Uint8Array<ArrayBuffer>
  box: ArrayBuffer
}

/** Seal `secret` under a fresh device key and the PIN. */
export async function seal(
  secret: Uint8Array<ArrayBuffer>,
  pin: string,
  iterations = ITERATIONS,
): Promise<SealedSecret> {
  const deviceKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  const salt = random(16)
  const pinNonce = random(12)
  const deviceNonce = random(12)
  const pinKey = await keyFrom(pin, salt, iterations)
  const inner = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: pinNonce }, pinKey, secret)
  const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: deviceNonce }, deviceKey, inner)
  return { deviceKey, salt, iterations, pinNonce, deviceNonce, box }
}

/** Open what `seal` closed; `null` when the PIN is wrong. Throws when the store itself is damaged. */
export async function unseal(sealed: SealedSecret, pin: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const outer = { name: 'AES-GCM', iv: sealed.deviceNonce }
  const inner = await crypto.subtle.decrypt(outer, sealed.deviceKey, sealed.box)
  const pinKey = await keyFrom(pin, sealed.salt, sealed.iterations)
  try {
    const secret = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.pinNonce }, pinKey, inner)
    return new Uint8Array(secret)
  } catch {
    return null
  }
}

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length))
}

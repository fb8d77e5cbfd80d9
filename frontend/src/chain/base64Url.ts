/** Bytes as base64url without padding (RFC 4648, section 5), and back. */
import type { Hex } from 'viem'

/** Write bytes. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Read bytes as hex; nothing comes of what is not base64url. */
export function fromBase64Url(code: string): Hex | undefined {
  try {
    const text = atob(code.replaceAll('-', '+').replaceAll('_', '/'))
    return `0x${Array.from(text, (sign) => sign.charCodeAt(0).toString(16).padStart(2, '0')).join('')}`
  } catch {
    return undefined
  }
}

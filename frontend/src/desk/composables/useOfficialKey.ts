/** An official's own key in this browser: sealed as an owner's is, one for each account, used only with its PIN. */
import type { Address, Hex } from 'viem'
import { isHex } from 'viem/utils'
import { computed, ref, watch } from 'vue'
import { readBackup, writeBackup } from '@/chain/keyBackup'
import { isSecret } from '@/chain/signing'
import { sameAddress } from '@/desk/chain/addresses'
import { useServices } from '@/services'
import { useStaff } from './useStaff'

/** `other`: this browser holds a key, but not the one the account signs with. */
export type OfficialKeyState = 'loading' | 'none' | 'other' | 'ready'

/** What was given is no private key: 64 hexadecimal digits. */
export class KeyUnreadable extends Error {}

export type OfficialKey = ReturnType<typeof useOfficialKey>

const ONLY = 0

export function useOfficialKey() {
  const { keys } = useServices()
  const { staff } = useStaff()
  const address = ref<Address>()
  const known = ref(false)
  /** Owners' keys stand under a slug, which has no colon. */
  const place = computed(() => `official:${staff.value?.username ?? ''}`)
  const state = computed<OfficialKeyState>(() => {
    if (!known.value) return 'loading'
    if (!address.value) return 'none'
    return sameAddress(address.value, staff.value?.address) ? 'ready' : 'other'
  })

  async function look(): Promise<void> {
    address.value = staff.value ? (await keys.find(place.value, ONLY))?.address : undefined
    known.value = true
  }
  watch(place, look, { immediate: true })

  /** Make a key here. */
  async function make(pin: string): Promise<void> {
    address.value = (await keys.create(place.value, ONLY, pin)).address
  }

  /** Take over a key from 64 hexadecimal digits, with or without 0x. Throws `KeyUnreadable`. */
  async function bring(digits: string, pin: string): Promise<void> {
    await keep(secretOf(digits), pin)
  }

  /** Take over a key from a backup file. Throws `BackupRefused`. */
  async function restore(file: string, passphrase: string, pin: string): Promise<void> {
    await keep(await readBackup(file, passphrase), pin)
  }

  /** The key as the text of a file sealed under a passphrase. Throws `PinRefused`. */
  const backup = (pin: string, passphrase: string): Promise<string> =>
    keys.use(place.value, ONLY, pin, (secret) => writeBackup(secret, passphrase))

  /** Sign a digest. Throws `PinRefused`, `KeyMissing`. */
  const sign = (pin: string, digest: Hex): Promise<Hex> => keys.sign(place.value, ONLY, pin, digest)

  /** Take the key off this browser. */
  async function forget(): Promise<void> {
    await keys.remove(place.value, ONLY)
    address.value = undefined
  }

  async function keep(secret: Uint8Array<ArrayBuffer>, pin: string): Promise<void> {
    address.value = (await keys.create(place.value, ONLY, pin, secret)).address
  }
  return { address, state, make, bring, restore, backup, sign, forget }
}

function secretOf(digits: string): Uint8Array<ArrayBuffer> {
  const hex = `0x${digits.trim().replace(/^0x/i, '')}`
  if (!isHex(hex) || hex.length !== 66) throw new KeyUnreadable('not 32 bytes in hexadecimal')
  const secret = Uint8Array.from(hex.slice(2).match(/../g)!, (pair) => parseInt(pair, 16))
  if (!isSecret(secret)) throw new KeyUnreadable('no key of the curve')
  return secret
}

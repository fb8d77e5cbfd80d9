/** The certificate authority of a computer that serves its local network. */
import { sha256 } from 'viem/utils'
import { Problem } from '@/api/problem'
import { useLoad } from '@/composables/useLoad'
import { useServices } from '@/services'

const NOT_FOUND = 404

/** Where a phone downloads it: opened as an address, so that iPhone offers to install it. */
export const AUTHORITY_FILE = '/api/authority.crt'

/** Its fingerprint as phones show it, or `undefined` where the site has an ordinary certificate. */
export function useAuthority() {
  const { api } = useServices()
  return useLoad(async () => {
    try {
      return fingerprint((await api.authority()).bytes)
    } catch (error) {
      if (error instanceof Problem && error.status === NOT_FOUND) return undefined
      throw error
    }
  })
}

/** SHA-256 of a certificate in pairs of digits. */
export function fingerprint(certificate: Uint8Array): string {
  return sha256(certificate).slice(2).toUpperCase().match(/../g)!.join(':')
}

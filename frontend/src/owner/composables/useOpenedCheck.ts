/** Checks an opened ballot: what it holds never changes. */
import { checkOpening } from '@/chain/openedCheck'
import { decodeOpening } from '@/chain/openedCode'
import { useServices } from '@/services'
import { useCheck } from './useCheck'

export function useOpenedCheck() {
  const { api, trust } = useServices()
  return useCheck(
    async (text) => checkOpening(api, trust, decodeOpening(text)),
    () => true,
  )
}

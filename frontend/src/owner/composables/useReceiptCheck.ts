/** Checks a receipt, and asks again until its ballot is at rest. */
import { checkReceipt, isAtRest } from '@/chain/receiptCheck'
import { decodeReceipt } from '@/chain/receiptCode'
import { useServices } from '@/services'
import { useCheck } from './useCheck'

export function useReceiptCheck() {
  const { api, trust } = useServices()
  return useCheck(async (text) => checkReceipt(api, trust, decodeReceipt(text)), isAtRest)
}

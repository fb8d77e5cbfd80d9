/** One reader of the chain for all of the auditor's pages. */
import { useServices } from '@/services'
import { Explorer } from '@/auditor/chain/explorer'

let explorer: Explorer | undefined

export function useExplorer(): Explorer {
  const { http, api } = useServices()
  explorer ??= new Explorer(http, api)
  return explorer
}

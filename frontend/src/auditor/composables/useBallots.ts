/** The ballots of a batch, decoded a page at a time: thousands never hold up the page. */
import { positionOfHash, viewBallots } from '@/auditor/chain/ballotViews'
import type { BatchView } from '@/auditor/chain/transactionView'
import { useExplorer } from './useExplorer'
import { usePaging } from './usePaging'
import { useRead } from './useRead'

const PAGE = 10

/** Pages begin at the one with the ballot whose hash is `wanted`, if it is in this batch. */
export function useBallots({ batch, community, frozen }: BatchView, wanted: string) {
  const explorer = useExplorer()
  const positions = Array.from({ length: batch.count }, (_, at) => at)
  const paging = usePaging(() => positions, PAGE)
  let found: Promise<void> | undefined
  const turnToWanted = async () => {
    if (!wanted) return
    const { chainId } = await explorer.system()
    const at = positionOfHash(chainId, frozen, batch, wanted)
    if (at >= 0) paging.page.value = Math.floor(at / PAGE) + 1
  }
  const load = useRead(
    () => paging.page.value,
    async () => {
      await (found ??= turnToWanted())
      return viewBallots(explorer, community, frozen, batch, paging.shown.value)
    },
  )
  return { paging, load }
}

/** A person's page for tests: the composable of the page over a rehearsal's board, without drawing anything. */
import { createApp, nextTick } from 'vue'
import { useTrustee, type Trustee } from '@/trustee/composables/useTrustee'
import { rehearse, type Rehearsal } from '@/trustee/rehearsal/rehearsal'
import type { TrusteeWorld } from '@/trustee/composables/useTrustee'

export const WORDS = 'three old pear trees'

/** Mount the page's behaviour; `leave` is closing the tab. */
export function visit(world: TrusteeWorld): { trustee: Trustee; leave: () => void } {
  let trustee: Trustee | undefined
  const app = createApp({ setup: () => ((trustee = useTrustee(world)), () => null) })
  app.mount(document.createElement('div'))
  return { trustee: trustee!, leave: () => app.unmount() }
}

/** A rehearsal that does not dawdle. */
export const quick = (fault = false): Rehearsal =>
  rehearse({
    labels: ['抽签业主', '业主委员会', '居委会'],
    title: 'test',
    fault,
    delay: 1,
    iterations: 1_000,
  })

/** Join: passphrase, file, seat. */
export async function join(trustee: Trustee): Promise<void> {
  await trustee.load.settled
  await trustee.makeSeed(WORDS)
  await trustee.seed.confirmKept()
  await trustee.takeSeat()
}

/** Wait until the page says `scene`, and `step` if one is named. */
export async function until(trustee: Trustee, scene: string, step?: string): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    await trustee.load.refresh()
    await nextTick()
    const { standing } = trustee
    if (standing.value?.scene === scene && (!step || standing.value.step === step)) return
    await new Promise((resume) => setTimeout(resume, 10))
  }
  throw new Error(`not ${scene}: ${JSON.stringify(trustee.standing.value)}`)
}

/** The privacy check at the desk: what is signed is what was shown, and a change is never silent. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp, nextTick, type App } from 'vue'
import { keccak256, stringToBytes } from 'viem/utils'
import { Problem } from '@/api/problem'
import { textHash } from '@/chain/eip712'
import { barsOption } from '@/desk/components/privacy/barsOption'
import type { Plan, PlanContent } from '@/desk/api/meetingsApi'
import type { PrivacyFigures } from '@/desk/api/privacyApi'
import { expectedConvening } from '@/desk/composables/meetings/frozen'
import { differing, figureOf, FIGURES, tenths } from '@/desk/composables/privacy/figureRows'
import { usePlanPrivacy } from '@/desk/composables/privacy/usePlanPrivacy'
import { beginSession } from '@/desk/composables/session'
import { createServices, SERVICES } from '@/services'
import { memoryShelves } from '@/store/memory'

const lone = { named: 14, guessed: 41, alike: 74 }
const FIGURES_NOW: PrivacyFigures = {
  owners: 620,
  area: 7_186_259,
  largest: 9,
  unique_exact: 269,
  unique_rounded: 5,
  quorum: 414,
  rounded_all: { named: 9, guessed: 31, alike: 111 },
  rounded_quorum: lone,
  exact_all: { named: 434, guessed: 634, alike: 4 },
  exact_quorum: { named: 547, guessed: 706, alike: 3 },
  two: { both_named: 1, one_named: 8, alike: 2_000 },
  crowds: [5, 10, 20, 30, 555],
  verdict: 'fine',
  reasons: [],
}
const BARS = [
  { units: 9, owners: 300 },
  { units: 14, owners: 1 },
]
const hashOf = (text: string) => keccak256(stringToBytes(text))

describe('the figures', () => {
  it('are told apart one by one', () => {
    expect(differing(FIGURES_NOW, FIGURES_NOW)).toEqual([])
    const later = { ...FIGURES_NOW, owners: 621, rounded_quorum: { ...lone, named: 15 } }
    expect(differing(FIGURES_NOW, later)).toEqual(['owners', 'named'])
    expect(FIGURES.map((name) => figureOf(FIGURES_NOW, name))).toEqual([
      ...['fine', 620, 7_186_259, 9, 5, 269, 14, 41, 74, 547, 8],
    ])
    expect([0, 4, 10, 14, 1000].map(tenths)).toEqual(['0 %', '0.4 %', '1 %', '1.4 %', '100 %'])
  })

  it('are drawn with a name of its own for who stands alone', () => {
    const words = {
      ...{ alone: 'alone', several: 'several', description: '' },
      bar: (units: number, owners: number) => `${units}: ${owners}`,
    }
    const style = {
      ink: '',
      soft: '',
      line: '',
      accent: 'green',
      other: '',
      warn: 'brown',
      card: '',
      font: '',
    }
    const option = barsOption(BARS, words, { ...style, size: 14, still: true })
    const series = option.series as { name: string; data: unknown[] }[]
    expect(series.map(({ name, data }) => [name, data])).toEqual([
      ['several', [300, null]],
      ['alone', [null, 1]],
    ])
    expect((option.xAxis as { data: string[] }).data).toEqual(['90', '140'])
    const tip = (option.tooltip as { formatter: (at: { dataIndex: number }[]) => string }).formatter
    expect([tip([{ dataIndex: 1 }]), tip([])]).toEqual(['14: 1', ''])
  })
})

describe('what a convening is expected to freeze', () => {
  it('has the check of a secret meeting right after the notice', () => {
    const content = {
      ...{ title: 'a', notice: 'b', scope: '*', motions: [], opens_at: 1, closes_at: 2 },
      rules: { notice_period: 1, roll_period: 1, paper_period: 0, objection_period: 0 },
    } as unknown as PlanContent
    const other = { id: 1, name: 'c', media_type: 'text/plain', size: 1, hash: hashOf('c') }
    const documents = (privacy?: ReturnType<typeof hashOf>) =>
      (expectedConvening(content, [other], privacy).args as { convening: { documents: unknown[] } }).convening
        .documents
    expect(documents()).toEqual([textHash('a', 'b'), other.hash])
    expect(documents(hashOf('check'))).toEqual([textHash('a', 'b'), hashOf('check'), other.hash])
  })
})

describe('the check of a plan', () => {
  let text: string
  let figures: PrivacyFigures
  let apps: App[]

  /** Open a page that shows it. */
  async function open(changed?: () => Promise<void>): Promise<ReturnType<typeof usePlanPrivacy>> {
    let privacy!: ReturnType<typeof usePlanPrivacy>
    const plan = { plan: 5, privacy: hashOf(text) } as unknown as Plan
    const app = createApp({ setup: () => ((privacy = usePlanPrivacy(() => plan, changed)), () => null) })
    app.provide(
      SERVICES,
      createServices(memoryShelves(), () => 'zh-CN'),
    )
    app.mount(document.createElement('div'))
    apps.push(app)
    await privacy.load.settled
    await nextTick()
    return privacy
  }

  beforeEach(() => {
    sessionStorage.clear()
    apps = []
    ;[text, figures] = ['# check', FIGURES_NOW]
    beginSession({ username: 'committee@yard', role: 'committee', community: 'yard', address: null })
    globalThis.fetch = () => {
      const check = { figures, bars: BARS, roll_at: 1, document: { name: 'a.md', hash: '0x00', text } }
      return Promise.resolve(new Response(JSON.stringify(check), { status: 200 }))
    }
  })
  afterEach(() => apps.forEach((app) => app.unmount()))

  it('is bound by the hash of the text that is shown, whatever the server says its hash is', async () => {
    const privacy = await open()
    expect(privacy.hash.value).toBe(hashOf('# check'))
    expect(privacy.before.value).toBeUndefined()
  })

  it('that changed between two steps is shown beside what was seen before', async () => {
    await open()
    ;[text, figures] = ['# another', { ...FIGURES_NOW, owners: 621 }]
    const privacy = await open()
    expect(privacy.before.value?.owners).toBe(620)
    expect(privacy.load.value.value?.figures.owners).toBe(621)
    expect(privacy.hash.value).toBe(hashOf('# another'))
  })

  it('that the server refuses as outdated is read again before anybody can sign', async () => {
    let told = 0
    const privacy = await open(async () => void (told += 1))
    ;[text, figures] = ['# another', { ...FIGURES_NOW, owners: 621 }]
    const refused = new Problem(409, 'PLAN_PRIVACY_CHANGED', '', {})
    await expect(privacy.withCheck(() => Promise.reject(refused))).rejects.toBe(refused)
    expect([privacy.before.value?.owners, privacy.hash.value]).toEqual([620, hashOf('# another')])
    expect(told).toBe(1)
  })
})

/** Choices made; they survive a reload of the page, and a refusal of the ballot that was made of them. */
import { computed, shallowRef } from 'vue'
import type { Hex } from 'viem'
import { overCap, supportLeft, type Choice, type Grouped } from '@/chain/choices'
import { useServices } from '@/services'
import type { Shelves } from '@/store/shelf'

export type Draft = (Choice | null)[]

/** A draft belongs to the motions it was made for, named by the hash of what was frozen. */
export interface KeptDraft {
  conveneHash: Hex
  choices: Draft
}

/** What a draft needs to know of its meeting. */
export interface Drafted {
  meeting: number
  convene_hash: Hex
  convening: { motions: readonly Grouped[] }
}

const idOf = (slug: string, meeting: number): string => `${slug}/${meeting}`

/** The draft this phone keeps for a meeting; an empty one is none. */
export async function readDraft(
  shelves: Shelves,
  slug: string,
  meeting: number,
): Promise<KeptDraft | undefined> {
  const kept = await shelves.shelf<KeptDraft>('drafts').get(idOf(slug, meeting))
  return kept?.choices?.some((choice) => choice !== null) ? kept : undefined
}

/** Leave no choices on this phone: nobody who takes it later is to read them. */
export const forgetDraft = (shelves: Shelves, slug: string, meeting: number): Promise<void> =>
  shelves.shelf<KeptDraft>('drafts').remove(idOf(slug, meeting))

export function useDraft(slug: string, { meeting, convene_hash: conveneHash, convening }: Drafted) {
  const { motions } = convening
  const { shelves } = useServices()
  const shelf = shelves.shelf<KeptDraft>('drafts')
  const id = idOf(slug, meeting)
  const choices = shallowRef<Draft>(motions.map(() => null))

  /** Take up what was chosen before. */
  async function read(): Promise<void> {
    const kept = await readDraft(shelves, slug, meeting)
    if (kept?.conveneHash === conveneHash && kept.choices.length === motions.length)
      choices.value = kept.choices
  }
  const open = computed(() => choices.value.filter((choice) => choice === null).length)
  const left = (motion: number) => supportLeft(motions, choices.value, motion)
  let writing: Promise<void> = Promise.resolve()

  /** Take one choice; `false` when the motion's group has no support left. */
  function choose(motion: number, choice: Choice): boolean {
    const next = choices.value.map((old, at) => (at === motion ? choice : old))
    if (choice === 'for' && overCap(motions, next)) return false
    choices.value = next
    writing = shelf.put(id, { conveneHash, choices: next })
    return true
  }

  /** Until the phone has the latest choice; a phone that cannot write keeps it in the open page only. */
  const kept = (): Promise<void> => writing.catch(() => undefined)
  return { choices, choose, kept, left, open, read }
}

/** The seed of this trustee: made, unlocked once a visit, written to its file, brought back from it. */
import { onUnmounted, ref, shallowRef } from 'vue'
import { saveFile } from '@/composables/saveFile'
import type { BoardPlace } from '../chain/board'
import { accountOf, newSeed, type Seed } from '../chain/derive'
import { signSeat } from '../chain/seat'
import type { TrusteeApi } from '../api'
import { fileName, readFile, writeFile, type TrusteeSeat } from '../vault/exportFile'
import type { Holding, Vault } from '../vault/vault'

export type TrusteeSeed = ReturnType<typeof useSeed>

/** `iterations`: of the file's passphrase; fewer where a rehearsal's throw-away seed is sealed. */
export function useSeed(vault: Vault, api: TrusteeApi, slug: string, meeting: number, iterations?: number) {
  const held = shallowRef<Holding>()
  const seed = shallowRef<Seed>()
  /** The file's text from when it was made until it is confirmed. */
  const file = shallowRef<string>()
  /** The file went to the downloads in this visit. */
  const saved = ref(false)
  const found = vault.find(slug, meeting).then((holding) => (held.value ??= holding))

  /** Draw a seed for a seat, and keep it. */
  async function make(place: BoardPlace, seat: number, label: string, passphrase: string): Promise<void> {
    const drawn = newSeed()
    const account = await accountOf(drawn, place)
    const own: TrusteeSeat = { community: slug, place, seat, label, account }
    held.value = await vault.keep(own, drawn, passphrase, false)
    file.value = await writeFile(own, drawn, passphrase, iterations)
    seed.value = drawn
  }

  /** Unlock for this visit. Throws `PassphraseWrong`. */
  async function unlock(passphrase: string): Promise<void> {
    const opened = await vault.unlock(held.value!, passphrase)
    if (!held.value!.exported) file.value = await writeFile(held.value!, opened, passphrase, iterations)
    seed.value = opened
  }

  /** Make the file once more. Throws `PassphraseWrong`. */
  async function exportAgain(passphrase: string): Promise<void> {
    const opened = await vault.unlock(held.value!, passphrase)
    download(await writeFile(held.value!, opened, passphrase, iterations))
  }

  /** Bring a seed back from its file. Throws `FileRefused`. */
  async function restore(text: string, passphrase: string, place: BoardPlace): Promise<void> {
    const read = await readFile(text, passphrase, { community: slug, place })
    held.value = await vault.keep(read.seat, read.seed, passphrase, true)
    seed.value = read.seed
  }

  /** Hand the file to the browser's downloads. */
  function save(): void {
    if (file.value) download(file.value)
  }

  /** The trustee says that the file is kept. */
  async function confirmKept(): Promise<void> {
    held.value = await vault.markExported(held.value!)
    file.value = undefined
  }

  /** Sign that this account takes the seat of the invitation. */
  async function takeSeat(token: string): Promise<void> {
    // seats set anew have other numbers: the invitation says which one this account takes
    const { label, seat } = await api.invitation(token)
    const own = { ...held.value!, seat, label }
    await api.takeSeat(token, own.account, await signSeat(own, seed.value!))
    held.value = await vault.reseat(own)
  }

  function download(text: string): void {
    saveFile(new Blob([text], { type: 'application/json' }), fileName(held.value!))
    saved.value = true
  }

  function lock(): void {
    seed.value?.fill(0)
    seed.value = file.value = undefined
  }
  onUnmounted(lock)
  return {
    held,
    seed,
    file,
    saved,
    found,
    make,
    unlock,
    exportAgain,
    restore,
    save,
    confirmKept,
    takeSeat,
    lock,
  }
}

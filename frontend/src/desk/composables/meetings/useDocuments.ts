/** Sends documents one after another and holds each against the fingerprint the server answers. */
import { ref, shallowRef } from 'vue'
import { keccak256 } from 'viem/utils'
import { Distrust } from '@/chain/trust'
import { useMeetingsApi, type Plan } from '@/desk/api/meetingsApi'
import { mediaTypeOf, problemOfFile, toBase64, type FileProblem } from './documentType'

/** A file is not taken, and why. */
export class FileRefused extends Error {
  constructor(
    readonly file: string,
    readonly reason: FileProblem,
  ) {
    super(reason)
  }
}

export function useDocuments(plan: number, changed: (plan: Plan) => void) {
  const api = useMeetingsApi()
  /** Name of the file that is on its way. */
  const sending = ref('')
  const part = ref(0)
  const error = shallowRef<unknown>()

  async function add(files: readonly File[]): Promise<void> {
    await guarded(async () => {
      for (const file of files) await send(file)
    })
  }

  async function send(file: File): Promise<void> {
    const problem = problemOfFile(file)
    if (problem) throw new FileRefused(file.name, problem)
    sending.value = file.name
    part.value = 0
    const bytes = new Uint8Array(await file.arrayBuffer())
    const document = {
      name: file.name.slice(-200),
      media_type: mediaTypeOf(file.name)!,
      content_base64: toBase64(bytes),
    }
    const answer = await api.addDocument(plan, document, (gone) => (part.value = gone))
    if (!answer.documents.some(({ hash }) => hash === keccak256(bytes))) throw new Distrust('documentChanged')
    changed(answer)
  }

  const remove = (document: number) => guarded(async () => changed(await api.removeDocument(plan, document)))

  async function guarded(deed: () => Promise<void>): Promise<void> {
    error.value = undefined
    try {
      await deed()
    } catch (cause) {
      error.value = cause
    } finally {
      sending.value = ''
    }
  }
  return { add, remove, sending, part, error }
}

/** A meeting's document: shown only when its bytes are the ones that were frozen when the meeting was convened. */
import { keccak256 } from 'viem/utils'
import type { Hex } from 'viem'
import type { Api } from '@/api/api'
import type { MeetingDocument } from '@/api/types'
import { Distrust } from '@/chain/trust'
import { useServices } from '@/services'
import { documentKind, type DocumentKind } from './documentKind'
import { useLoad } from './useLoad'
import { readMeeting } from '@/owner/composables/useMeeting'

/** What is shown by its kind: text, or the bytes of a PDF; `file` is there to be saved, always. */
export interface CheckedDocument {
  name: string
  kind: DocumentKind
  text: string
  bytes: Uint8Array
  file: Blob
}

/** The document, or `undefined` when the meeting is bound to none with that hash. */
export function useDocument(slug: string, meeting: number, hash: Hex) {
  const services = useServices()
  return useLoad(async () => {
    const view = await readMeeting(services, slug, meeting)
    if (view.distrust) throw new Distrust(view.distrust)
    const line = view.meeting.convening.documents.find((each) => each.hash.toLowerCase() === hash)
    return line && (await readDocument(services.api, line))
  })
}

/** Fetch a document and hold it against its frozen hash. Throws `Distrust` when it is another one. */
export async function readDocument(
  api: Pick<Api, 'document'>,
  { hash, name }: Pick<MeetingDocument, 'hash' | 'name'>,
): Promise<CheckedDocument> {
  const { bytes, type } = await api.document(hash)
  if (keccak256(bytes) !== hash.toLowerCase()) throw new Distrust('documentChanged')
  const file = new Blob([new Uint8Array(bytes)], { type })
  const kind = documentKind(bytes, type, name)
  const text = kind === 'text' || kind === 'markdown' ? new TextDecoder().decode(bytes) : ''
  return { name, kind, text, bytes, file }
}

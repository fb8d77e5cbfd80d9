/** What a document may be: its type by name and what the browser says, its size; the server looks at the bytes. */
export const MAX_BYTES = 8 * 1024 * 1024
export const ACCEPTED = '.pdf,.md,.markdown,.txt,.jpg,.jpeg,.png,.webp'

export type FileProblem = 'tooLarge' | 'wrongType' | 'empty'

const BY_ENDING: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  md: 'text/markdown',
  markdown: 'text/markdown',
  txt: 'text/plain',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

/** The media type of a file by the end of its name. */
export const mediaTypeOf = (name: string): string | undefined =>
  BY_ENDING[name.split('.').at(-1)?.toLowerCase() ?? '']

/** Why a file is not taken, before it is sent. */
export function problemOfFile({ name, size }: Pick<File, 'name' | 'size'>): FileProblem | undefined {
  if (!mediaTypeOf(name)) return 'wrongType'
  if (size === 0) return 'empty'
  return size > MAX_BYTES ? 'tooLarge' : undefined
}

/** Bytes as base64, in pieces that do not overflow the stack. */
export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  }
  return btoa(pieces.join(''))
}

/** A size as people read it. */
export const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`

/**
 * The verifier without a browser: one question a line on standard input, one answer a line on standard output.
 *
 * `{"recording": file}` or `{"rpc": url, "registry": address}`, each with `meeting` and `record` (a file to write) if
 * wanted. Answers are `{ok, checks: [{id, ok, words}], result}` or `{"error": text}`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Address } from 'viem'
import { fromRecording, recording, type Recording } from './recording'
import { overHttp, type Ask } from './rpc'
import { recoverNow, type Signed } from './signatures'
import { verify } from './verify'

interface Asked {
  recording?: string
  rpc?: string
  registry?: string
  meeting?: number
  record?: string
  pause?: number
}

/** Signatures that came before are not recovered again: one community is asked about many times. */
const known = new Map<string, Address | undefined>()
async function recover(signed: Signed[]): Promise<(Address | undefined)[]> {
  const keys = signed.map(({ digest, r, s, v }) => `${digest}${r}${s}${v}`)
  const fresh = signed.filter((_, at) => !known.has(keys[at]!))
  const found = recoverNow(fresh)
  fresh.forEach(({ digest, r, s, v }, at) => known.set(`${digest}${r}${s}${v}`, found[at]))
  return keys.map((key) => known.get(key))
}

async function answer({ recording: file, rpc, registry, meeting, record, pause }: Asked): Promise<unknown> {
  let node: Ask
  let address = registry ?? ''
  if (file !== undefined) {
    const held = JSON.parse(readFileSync(file, 'utf8')) as Recording
    node = fromRecording(held)
    address = held.registry
  } else node = overHttp(rpc ?? '', { pause })
  if (record === undefined) return verify(node, address, { meeting, recover })
  const kept = recording(node, address)
  const report = await verify(kept.ask, address, { meeting, recover })
  writeFileSync(record, JSON.stringify(kept.recording))
  return report
}

for await (const line of createInterface({ input: process.stdin })) {
  const said = await answer(JSON.parse(line) as Asked).catch((error: unknown) => ({ error: String(error) }))
  process.stdout.write(`${JSON.stringify(said)}\n`)
}

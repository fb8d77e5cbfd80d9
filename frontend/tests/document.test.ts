import { beforeEach, describe, expect, it } from 'vitest'
import { keccak256, stringToBytes } from 'viem/utils'
import { Api } from '@/api/api'
import { Http } from '@/api/http'
import { Problem, Unreachable } from '@/api/problem'
import { Distrust } from '@/chain/trust'
import { readDocument } from '@/composables/useDocument'

const TEXT = '# 比选表\n\n<b>甲</b> 3.35 元'
const BYTES = stringToBytes(TEXT)
const LINE = { name: '比选表.md', hash: keccak256(BYTES) }

describe('a document of a meeting', () => {
  const api = new Api(new Http(() => 'zh-CN'))
  let answer: () => Response
  const serve = (body: BodyInit, status: number, type: string) => {
    answer = () => new Response(body, { status, headers: { 'Content-Type': type } })
  }

  beforeEach(() => {
    globalThis.fetch = () => Promise.resolve(answer())
  })

  it('is text as it was written when its hash fits', async () => {
    serve(TEXT, 200, 'text/plain; charset=utf-8')
    expect(await readDocument(api, LINE)).toMatchObject({ name: LINE.name, text: TEXT })
  })

  it('is a file of the same bytes when it is not text', async () => {
    serve(TEXT, 200, 'application/pdf')
    const found = await readDocument(api, LINE)
    expect(found.text).toBeUndefined()
    expect([found.file.type, await found.file.text()]).toEqual(['application/pdf', TEXT])
  })

  it.each(['text/plain', 'application/pdf'])(
    'is not believed when a character of %s differs',
    async (type) => {
      serve(TEXT.replace('3.35', '3.36'), 200, type)
      const refusal = await readDocument(api, LINE).catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(Distrust)
      expect((refusal as Distrust).reason).toBe('documentChanged')
    },
  )

  it('is a problem of the server when the server says so, and else no answer at all', async () => {
    serve(JSON.stringify({ code: 'NOT_FOUND', detail: '没有' }), 404, 'application/problem+json')
    await expect(readDocument(api, LINE)).rejects.toBeInstanceOf(Problem)
    serve('<html>', 502, 'text/html')
    await expect(readDocument(api, LINE)).rejects.toBeInstanceOf(Unreachable)
  })
})

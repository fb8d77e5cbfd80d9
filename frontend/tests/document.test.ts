import { beforeEach, describe, expect, it } from 'vitest'
import { keccak256, stringToBytes } from 'viem/utils'
import { Api } from '@/api/api'
import { Http } from '@/api/http'
import { Problem, Unreachable } from '@/api/problem'
import { Distrust } from '@/chain/trust'
import { documentKind } from '@/composables/documentKind'
import { markdownHtml } from '@/composables/markdown'
import { readDocument } from '@/composables/useDocument'

const TEXT = '# 比选表\n\n<b>甲</b> 3.35 元'
const BYTES = stringToBytes(TEXT)
const LINE = { name: '比选表.md', hash: keccak256(BYTES) }

describe('what can be shown of a document', () => {
  it.each([
    ['%PDF-1.7 …', 'text/plain', '公告.txt', 'pdf'],
    ['# 公告', 'text/plain; charset=utf-8', '公告.md', 'markdown'],
    ['公告', 'text/plain; charset=utf-8', '公告.txt', 'text'],
    ['<svg/>', 'image/svg+xml', '图.md', 'file'],
  ])('%s as %s, called %s: %s', (content, type, name, kind) => {
    expect(documentKind(stringToBytes(content), type, name)).toBe(kind)
  })
})

// What the browser's own parser makes of it, sanitised once more, is tested in a real one.
describe('Markdown of a document', () => {
  it('is set as headings below the page’s own, tables and lists', () => {
    const html = markdownHtml('# 比选表\n\n#### 价格\n\n| 甲 | 乙 |\n|---|---|\n| 3.35 | 2.98 |\n\n- 一')
    expect(html).toContain('<h2>比选表</h2>')
    expect(html).toContain('<h3>价格</h3>')
    expect(html).toContain('<td>3.35</td>')
    expect(html).toContain('<li>一</li>')
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '![图](https://elsewhere.example/x.png)',
    '[点这里](javascript:alert(1))',
    '[点这里](https://elsewhere.example)',
    '<https://elsewhere.example>',
    '<iframe src="https://elsewhere.example"></iframe>',
    '| a |\n|---|\n| <b onclick=x>1</b> |',
    '<p style="position:fixed">x</p>',
  ])('has nothing in it that acts or leads elsewhere: %s', (text) => {
    const page = document.createElement('div')
    page.innerHTML = markdownHtml(text)
    expect(page.querySelectorAll('script, img, svg, iframe, a, style, b').length).toBe(0)
    expect([...page.querySelectorAll('*')].flatMap((part) => [...part.attributes])).toEqual([])
  })
})

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
    expect(await readDocument(api, LINE)).toMatchObject({
      name: LINE.name,
      kind: 'markdown',
      text: TEXT,
    })
  })

  it('is a file of the same bytes when it is not text', async () => {
    serve(TEXT, 200, 'application/pdf')
    const found = await readDocument(api, LINE)
    expect([found.kind, found.text]).toEqual(['file', ''])
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

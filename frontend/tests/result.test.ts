import { describe, expect, it } from 'vitest'
import { Problem } from '@/api/problem'
import type { Community, Meeting, Result } from '@/api/types'
import { readResult } from '@/composables/useResult'

const RESULT = { quorum: true } as Result

/** The server of a meeting in `state`; `asked` counts the questions for the result. */
function server(state: string, refusal?: Problem) {
  return {
    asked: 0,
    community: () => Promise.resolve({ slug: 'yard' } as Community),
    meeting: () => Promise.resolve({ state } as Meeting),
    result() {
      this.asked += 1
      return refusal ? Promise.reject(refusal) : Promise.resolve(RESULT)
    },
  }
}

describe('the result of a meeting', () => {
  it.each(['convened', 'notice', 'open'])('is not asked for while the meeting is %s', async (state) => {
    const api = server(state)
    expect((await readResult(api, 'yard', 1)).result).toBeUndefined()
    expect(api.asked).toBe(0)
  })

  it.each(['closed', 'declared', 'final', 'void'])('is read once the meeting is %s', async (state) => {
    expect((await readResult(server(state), 'yard', 1)).result).toBe(RESULT)
  })

  it.each([
    [409, 'RESULT_NOT_READY'],
    [503, 'RESULT_FROZEN'],
  ])('is withheld in the words of the server: %i %s', async (status, code) => {
    const view = await readResult(server('closed', new Problem(status, code, '原因')), 'yard', 1)
    expect(view).toMatchObject({ meeting: { state: 'closed' }, withheld: '原因' })
    expect(view.result).toBeUndefined()
  })

  it('fails on any other answer', async () => {
    const problem = new Problem(503, 'CHAIN_UNAVAILABLE', '')
    await expect(readResult(server('final', problem), 'yard', 1)).rejects.toBe(problem)
  })
})

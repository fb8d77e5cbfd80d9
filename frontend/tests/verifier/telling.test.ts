import { expect, it } from 'vitest'
import { telling, type Progress } from '@/verifier/telling'

it('tells a wait beside what was told last, until there is progress again', () => {
  const told: Progress[] = []
  const { progress, waiting } = telling((how) => told.push(how))
  waiting(900)
  progress('blocks', 3, 7)
  waiting(5_000)
  progress('blocks', 4, 7)
  expect(told).toEqual([
    { phase: 'contracts', done: 0, total: 1, wait: 1 },
    { phase: 'blocks', done: 3, total: 7 },
    { phase: 'blocks', done: 3, total: 7, wait: 5 },
    { phase: 'blocks', done: 4, total: 7 },
  ])
})

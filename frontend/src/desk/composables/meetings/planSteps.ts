/** The steps of preparing a meeting, and which step a finding belongs to. */
import type { Finding } from '@/desk/api/meetingsApi'

export const PLAN_STEPS = [
  'scope',
  'motions',
  'documents',
  'rules',
  'dates',
  'notice',
  'preview',
  'sign',
] as const
export type PlanStep = (typeof PLAN_STEPS)[number]

/** A step by its name in an address; the first one for anything else. */
export const planStep = (name: unknown): PlanStep => PLAN_STEPS.find((step) => step === name) ?? 'scope'

/** The step where a field is written. */
export function stepOfField(field: string): PlanStep {
  const [first] = field.split('.')
  if (first === 'opens_at' || first === 'closes_at') return 'dates'
  if (first === 'title') return 'scope'
  return planStep(first)
}

/** The findings of one step; the last two look at everything. */
export function findingsOf(step: PlanStep, findings: readonly Finding[]): readonly Finding[] {
  if (step === 'preview' || step === 'sign') return findings
  return findings.filter(({ field }) => stepOfField(field) === step)
}

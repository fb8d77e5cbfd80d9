/** A motion from a template, in the reader's language. */
import { useI18n } from 'vue-i18n'
import type { PlanMotion } from '@/desk/api/meetingsApi'
import { addCandidate, freeGroup } from './planMotions'
import { TEMPLATES, type Template } from './templates'

export function useNewMotion() {
  const { t } = useI18n()

  /** A candidate of a group, worded as the template for that matter words it. */
  function candidate(matter: number, name: string): Pick<PlanMotion, 'matter' | 'title' | 'text'> {
    const template = TEMPLATES.find((each) => each.kind === 'candidates' && each.matter === matter)
    if (!template) return { matter, title: name, text: '' }
    return {
      matter,
      title: t(`template.${template.key}.title`, { name }),
      text: t(`template.${template.key}.text`),
    }
  }

  /** The motions with one more; candidates begin a group of two, one of which may be supported. */
  function added(motions: readonly PlanMotion[], { key, matter, kind }: Template): PlanMotion[] {
    if (kind === 'candidates') {
      const group = freeGroup(motions)
      const first = addCandidate(motions, group, candidate(matter, t('plan.nameA')))
      return addCandidate(first, group, candidate(matter, t('plan.nameB')))
    }
    const text = t(`template.${key}.text`)
    return [...motions, { matter, group: 0, cap: 0, title: t(`template.${key}.title`), text }]
  }
  return { added, candidate }
}

/** A notice from what is already decided: matters, dates, how to vote, whom to ask. */
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/useFormat'
import type { PlanContent, PlanDocument } from '@/desk/api/meetingsApi'
import { DAY } from './beijingTime'
import { majorityOf } from './planMotions'
import { useScopeWords } from './useScopeWords'

export function useNoticeText() {
  const { t } = useI18n()
  const { time } = useFormat()
  const scopeWords = useScopeWords()

  function noticeText(content: PlanContent, documents: readonly PlanDocument[]): string {
    const { scope, motions, opens_at, closes_at, rules } = content
    const who = scopeWords(scope)
    const lines = motions.map(({ title, matter }, at) =>
      t('noticeText.motion', { number: at + 1, title, majority: t(`majority.${majorityOf(matter)}`) }),
    )
    return [
      t('noticeText.opening', { title: content.title }),
      t('noticeText.who', { who }),
      t('noticeText.what'),
      lines.join('\n'),
      opens_at !== null && closes_at !== null
        ? t('noticeText.when', { from: time(opens_at), to: time(closes_at) })
        : '',
      t('noticeText.how'),
      t(`noticeText.ballots.${content.ballots}`),
      documents.length > 0
        ? t('noticeText.documents', { names: documents.map(({ name }) => name).join(t('noticeText.comma')) })
        : '',
      t('noticeText.roll', { days: rules.roll_period / DAY }),
      t('noticeText.result', { days: rules.objection_period / DAY }),
    ]
      .filter(Boolean)
      .join('\n\n')
  }
  return { noticeText }
}

import { createApp, h } from 'vue'
import { expect, it } from 'vitest'
import trustee from '@/locales/zh-CN/trustee.json'
import { Distrust } from '@/chain/trust'
import { ActRefused } from '@/desk/composables/followAct'
import { createTexts } from '@/i18n'
import TrusteeFailure from '@/trustee/components/TrusteeFailure.vue'

/** What a trustee reads of an error, in Chinese. */
function said(error: unknown): string {
  const texts = createTexts()
  texts.global.locale.value = 'zh-CN'
  texts.global.mergeLocaleMessage('zh-CN', trustee)
  const place = document.createElement('div')
  createApp({ render: () => h(TrusteeFailure, { error }) })
    .use(texts)
    .mount(place)
  return place.textContent!
}

it('names what of the place changed, whom to ask, and how to go on', () => {
  const text = said(new Distrust('placeChanged', ['secretMeeting', 'operator']))
  expect(text).toContain('变了的是：秘密表决的会议合约、运营方密钥。')
  expect(text).toContain('居委会')
  expect(text).toContain('用文件和密码恢复')
})

it('counts a refused share from one, as people do', () => {
  const text = said(new ActRefused('ACT_REVERTED', 'TrusteeBoardShare(2, 0)'))
  expect(text).toContain('第 2 位受托人的第 1 份')
})

it('shows the bare reason of what has no words yet', () => {
  expect(said(new ActRefused('ACT_REVERTED', 'TrusteeBoardUnheardOf(7)'))).toContain(
    'TrusteeBoardUnheardOf(7)',
  )
})

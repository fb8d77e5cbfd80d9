/** A call in plain words, made from its own bytes and from nothing the server says. */
import type { Hex } from 'viem'
import { useI18n } from 'vue-i18n'
import { fingerprintOf } from '@/chain/receiptCode'
import { areaDigits } from '@/composables/format'
import { useFormat } from '@/composables/useFormat'
import type { ReadCall } from '@/desk/chain/calls'
import { roleOfHash } from '@/desk/chain/roles'

interface Frozen {
  motions: readonly unknown[]
  documents: readonly unknown[]
  opensAt: bigint
  closesAt: bigint
}

/** 32 bytes or an address, shortened in the middle. */
export const shortened = (hex: string): string =>
  hex.length > 16 ? `${hex.slice(0, 8)}…${hex.slice(-6)}` : hex

export function useCallWords(): (call: ReadCall) => string {
  const { t } = useI18n()
  const { time } = useFormat()
  const role = (hash: unknown) => {
    const name = roleOfHash(String(hash))
    return name ? t(`desk.role.${name}`) : shortened(String(hash))
  }
  return ({ name, contract, args }) => {
    const text = (key: string) => String(args[key] ?? '')
    const short = (key: string) => shortened(text(key))
    const meeting = text('meeting')
    switch (name) {
      case 'convene': {
        const { motions, documents, opensAt, closesAt } = args.convening as Frozen
        const times = { opens: time(Number(opensAt)), closes: time(Number(closesAt)) }
        const counts = { motions: motions.length, documents: documents.length }
        return t(contract === 'secretMeeting' ? 'act.conveneSecret' : 'act.convene', { ...counts, ...times })
      }
      case 'consent':
        return t('act.consent', { meeting, hash: short('conveneHash') })
      case 'publishRoll': {
        const words = (args.words as readonly unknown[]).length
        return t('act.publishRoll', { meeting, first: Number(args.firstWord) * 8, places: words * 8 })
      }
      case 'sealRoll':
        return t('act.sealRoll', {
          meeting,
          heads: text('headsTotal'),
          area: areaDigits(Number(args.areaTotal)),
        })
      case 'extend':
        return t('act.extend', { meeting, closes: time(Number(args.closesAt)) })
      case 'answerObjection':
        return t('act.answerObjection', { meeting, objection: text('objection'), hash: short('answerHash') })
      case 'voidMeeting':
        return t('act.voidMeeting', { meeting, hash: short('reasonHash') })
      case 'approveKeyChange':
        return t('act.approveKeyChange', { voter: text('voter'), key: short('newKey') })
      case 'cancelKeyChange':
        return t('act.cancelKeyChange', { voter: text('voter') })
      case 'proposeRole':
      case 'confirmRole':
        return t(`act.${name}.${args.grant ? 'grant' : 'revoke'}`, {
          role: role(args.role),
          account: text('account'),
        })
      case 'anchor':
        return t('act.anchor', { root: short('root') })
      case 'proposeTrustees': {
        const accounts = args.accounts as readonly Hex[]
        const codes = accounts
          .map((account, at) => `${at + 1}. ${fingerprintOf(account)}`)
          .join(t('act.comma'))
        const counts = { count: accounts.length, threshold: text('threshold') }
        return t('act.proposeTrustees', { meeting, codes, ...counts })
      }
      case 'confirmTrustees':
        return t('act.confirmTrustees', { meeting, hash: short('trusteeSetHash') })
      case 'restartKeys':
        return t('act.restartKeys', { meeting, run: text('run'), hash: short('reasonHash') })
    }
  }
}

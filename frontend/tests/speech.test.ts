import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, defineComponent } from 'vue'
import { createI18n } from 'vue-i18n'
import { useSpeech, voiceFor } from '@/composables/useSpeech'

const voice = (lang: string, localService = true) => ({ lang, localService }) as SpeechSynthesisVoice

/** The browser's reader, as far as the page uses it. */
class Reader extends EventTarget {
  voices: SpeechSynthesisVoice[] = []
  reading?: SpeechSynthesisUtterance
  getVoices = () => this.voices
  speak(utterance: SpeechSynthesisUtterance): void {
    this.reading = utterance
  }
  cancel(): void {
    const before = this.reading
    this.reading = undefined
    before?.onend?.({} as SpeechSynthesisEvent)
  }
}

function inPage(): { speech: ReturnType<typeof useSpeech>; leave: () => void } {
  let speech!: ReturnType<typeof useSpeech>
  const app = createApp(defineComponent({ setup: () => ((speech = useSpeech()), () => null) }))
  app.use(createI18n({ legacy: false, locale: 'zh-CN', messages: {} }))
  app.mount(document.createElement('div'))
  return { speech, leave: () => app.unmount() }
}

describe('the voice', () => {
  it('speaks the language and stays on the device', () => {
    expect(voiceFor([voice('en-US'), voice('zh-CN', false)], 'zh-CN')).toBeUndefined()
    expect(voiceFor([voice('zh-HK'), voice('zh_CN')], 'zh-CN')?.lang).toBe('zh_CN')
    expect(voiceFor([voice('en-GB')], 'en')?.lang).toBe('en-GB')
  })
})

describe('reading aloud', () => {
  let reader: Reader
  beforeEach(() => {
    reader = new Reader()
    vi.stubGlobal('speechSynthesis', reader)
    vi.stubGlobal(
      'SpeechSynthesisUtterance',
      class {
        constructor(readonly text: string) {}
      },
    )
  })
  afterEach(() => void vi.unstubAllGlobals())

  it('is unavailable without a voice, and there once the device has told its voices', () => {
    const { speech, leave } = inPage()
    expect(speech.state.value).toBe('unavailable')
    reader.voices = [voice('zh-CN')]
    reader.dispatchEvent(new Event('voiceschanged'))
    expect(speech.state.value).toBe('silent')
    leave()
  })

  it('is unavailable where there is no reader at all', () => {
    vi.stubGlobal('speechSynthesis', undefined)
    const { speech, leave } = inPage()
    speech.speak('第一项')
    expect(speech.state.value).toBe('unavailable')
    leave()
  })

  it('reads one text at a time, and stops when it is told to or the page is left', () => {
    reader.voices = [voice('zh-CN')]
    const one = inPage()
    const other = inPage()
    one.speech.speak('第一项')
    expect([reader.reading?.text, one.speech.state.value]).toEqual(['第一项', 'speaking'])
    other.speech.speak('第二项')
    expect(reader.reading?.text).toBe('第二项')
    expect([one.speech.state.value, other.speech.state.value]).toEqual(['silent', 'speaking'])
    other.speech.stop()
    expect([reader.reading, other.speech.state.value]).toEqual([undefined, 'silent'])
    one.speech.speak('第三项')
    one.leave()
    expect(reader.reading).toBeUndefined()
    other.leave()
  })
})

/** Reads a text aloud with the device's own voices (Web Speech): one text at a time, nothing leaves the page. */
import { onUnmounted, ref } from 'vue'
import { useI18n } from 'vue-i18n'

export type SpeechState = 'unavailable' | 'silent' | 'speaking'

/** A voice for a language, one that works without a network first; others would be asked at a server. */
export function voiceFor(
  voices: readonly SpeechSynthesisVoice[],
  language: string,
): SpeechSynthesisVoice | undefined {
  const tongue = language.slice(0, 2).toLowerCase()
  const fitting = voices.filter((voice) => voice.lang.toLowerCase().startsWith(tongue) && voice.localService)
  return fitting.find((voice) => voice.lang.replace('_', '-') === language) ?? fitting[0]
}

/** `unavailable` where the device has no voice of its own for the language. */
export function useSpeech() {
  const { locale } = useI18n()
  const synthesis = globalThis.speechSynthesis as SpeechSynthesis | undefined
  const state = ref<SpeechState>('unavailable')
  let said: SpeechSynthesisUtterance | undefined

  /** Browsers tell their voices late; a page then changes by itself. */
  function look(): void {
    const there = synthesis && voiceFor(synthesis.getVoices(), locale.value)
    if (!there) state.value = 'unavailable'
    else if (state.value === 'unavailable') state.value = 'silent'
  }
  function stop(): void {
    if (said) synthesis?.cancel()
    said = undefined
    if (state.value === 'speaking') state.value = 'silent'
  }
  /** Read `text`; whatever else is being read falls silent. */
  function speak(text: string): void {
    const voice = synthesis && voiceFor(synthesis.getVoices(), locale.value)
    if (!synthesis || !voice) return
    synthesis.cancel()
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = 0.9
    utterance.onend = utterance.onerror = () => {
      if (said === utterance) stop()
      else if (state.value === 'speaking' && said === undefined) state.value = 'silent'
    }
    said = utterance
    state.value = 'speaking'
    synthesis.speak(utterance)
  }
  synthesis?.addEventListener?.('voiceschanged', look)
  look()
  onUnmounted(() => {
    synthesis?.removeEventListener?.('voiceschanged', look)
    stop()
  })
  return { state, speak, stop, look }
}

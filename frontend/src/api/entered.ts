/** Whether anybody proved an identity on this device: only then is it worth asking who is logged in. */
const ENTERED = 'wanjia.entered'

/** Remember that somebody did; it says neither who nor for how long. */
export const noteEntered = (): void => localStorage.setItem(ENTERED, 'yes')

/** Tell whether somebody did. A device of which nothing is known does not ask: the answer would be a refusal. */
export const wasEntered = (): boolean => localStorage.getItem(ENTERED) !== null

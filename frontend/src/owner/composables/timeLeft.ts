/** Seconds as minutes and seconds of a countdown: 125 is 2 and "05". */
export function timeLeft(seconds: number): { minutes: number; seconds: string } {
  return { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, '0') }
}

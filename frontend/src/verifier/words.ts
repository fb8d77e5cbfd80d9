/** Figures as findings tell them. */

/** An area in 0.01 m² as digits with two decimals. */
export function square(area: bigint): string {
  const whole = (area / 100n).toLocaleString('en')
  return `${whole}.${(area % 100n).toString().padStart(2, '0')}`
}

/** The figures of a privacy check as lines, and which of them differ between two checks. */
import type { PrivacyFigures } from '@/desk/api/privacyApi'

export const FIGURES = [
  'verdict',
  'owners',
  'area',
  'largest',
  'uniqueRounded',
  'uniqueExact',
  'named',
  'guessed',
  'alike',
  'exactNamed',
  'twoNamed',
] as const
export type FigureName = (typeof FIGURES)[number]

/** One figure as it is read off; areas in 0.01 m², chances in thousandths. */
export function figureOf(figures: PrivacyFigures, name: FigureName): number | string {
  switch (name) {
    case 'uniqueRounded':
      return figures.unique_rounded
    case 'uniqueExact':
      return figures.unique_exact
    case 'named':
    case 'guessed':
    case 'alike':
      return figures.rounded_quorum[name]
    case 'exactNamed':
      return figures.exact_quorum.named
    case 'twoNamed':
      return figures.two.one_named
    default:
      return figures[name]
  }
}

export const differing = (one: PrivacyFigures, other: PrivacyFigures): readonly FigureName[] =>
  FIGURES.filter((name) => figureOf(one, name) !== figureOf(other, name))

/** Thousandths as percent: 14 is "1.4 %". */
export const tenths = (thousandths: number): string => `${thousandths / 10} %`

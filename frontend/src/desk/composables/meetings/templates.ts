/** Beginnings of motions for the nine matters of article 278; titles and texts are in the locales. */

/** `single`: one motion; `candidates`: one motion for each candidate, with a cap. */
export type TemplateKind = 'single' | 'candidates'

export interface Template {
  /** `template.<key>.title` and `template.<key>.text`; candidates' title takes `{name}`. */
  key: string
  matter: number
  kind: TemplateKind
}

const single = (matter: number, key: string): Template => ({ key, matter, kind: 'single' })
const candidates = (matter: number, key: string): Template => ({ key, matter, kind: 'candidates' })

export const TEMPLATES: readonly Template[] = [
  single(1, 'rules'),
  single(1, 'rulesChange'),
  single(2, 'covenant'),
  candidates(3, 'election'),
  single(3, 'recall'),
  single(4, 'renewManager'),
  candidates(4, 'chooseManager'),
  single(4, 'dismissManager'),
  single(5, 'liftRepair'),
  single(5, 'roofRepair'),
  single(6, 'raiseFund'),
  single(7, 'addLift'),
  single(7, 'rebuild'),
  single(8, 'advertising'),
  single(8, 'charging'),
  single(9, 'revenue'),
  single(9, 'other'),
]

/** The nine matters, in the order of the law. */
export const MATTERS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]

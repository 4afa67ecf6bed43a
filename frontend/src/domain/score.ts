/** What a score tree is drawn from; a feature turns the API's explanation into this. Figures are decimal strings. */

/** Four parts, or it is no deduction (`domain.md` §4). */
export interface DeductionView { clause: string, fact: string, evidence: string, by: string }

export interface ScoreNode {
  key: string
  label: string
  /** Code of an item: C6. */
  code?: string
  /** Weight, number of items, where it came from. */
  note?: string
  /** How the figure was reckoned, in words. */
  formula?: string
  /** What was taken off, without a sign. */
  cut?: string
  /** The full mark. */
  of?: string
  got: string
  deductions?: DeductionView[]
  children?: ScoreNode[]
  open?: boolean
}

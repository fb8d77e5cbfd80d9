/** Tables as files that spreadsheets open: UTF-8 with a byte order mark, nothing that is taken for a formula. */
import { saveFile } from '@/composables/saveFile'

type Value = string | number

const FORMULA = /^[=+\-@\t\r]/

/** Rows as comma-separated values; the first row is the header. */
export function csvText(rows: readonly (readonly Value[])[]): string {
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}

/** Hand a table to the browser's downloads. */
export function saveCsv(rows: readonly (readonly Value[])[], name: string): void {
  saveFile(new Blob(['\ufeff', csvText(rows)], { type: 'text/csv;charset=utf-8' }), name)
}

function cell(value: Value): string {
  const text = typeof value === 'string' && value !== '-' && FORMULA.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

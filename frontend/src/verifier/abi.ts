/**
 * ABI decoding that refuses what no contract of the release would write.
 *
 * `strict` is for events and answers: padding must be zero. Call data follows the compiler's own reader, which looks
 * neither at padding nor at alignment: what the contract read must be read here too.
 * Numbers of up to 32 bits become `number`, wider ones `bigint`; bytes and addresses lower-case hexadecimal.
 */
import { Malformed } from './hex'

export interface Parameter {
  name: string
  type: string
  indexed?: boolean
  components?: Parameter[]
}
export type Reading = 'strict' | 'lenient'
type Fields = Record<string, unknown>

const MOST = 1n << 32n
const ROW = /\[(\d+)\]$/

/** Values by name of a list of parameters; `hex` without its 0x. */
export function decode(parameters: Parameter[], hex: string, reading: Reading): Fields {
  return fields(parameters, new Data(hex, reading), 0)
}

/** Bytes that hold parameters. Places and lengths are counted in bytes. */
class Data {
  constructor(
    readonly hex: string,
    readonly reading: Reading,
  ) {}

  word(at: number): string {
    return this.bytes(at, 32)
  }

  bytes(at: number, length: number): string {
    if ((at + length) * 2 > this.hex.length) throw new Malformed('too short')
    return this.hex.slice(at * 2, (at + length) * 2)
  }

  /** An offset or a length. */
  count(at: number): number {
    const number = BigInt(`0x${this.word(at)}`)
    if (number >= MOST || Number(number) * 2 > this.hex.length) throw new Malformed('beyond the end')
    return Number(number)
  }
}

function fields(parameters: Parameter[], data: Data, start: number): Fields {
  const values: Fields = {}
  let at = start
  for (const parameter of parameters) {
    values[parameter.name] = value(parameter, data, at, start)
    at += sizeOf(parameter)
  }
  return values
}

function value(parameter: Parameter, data: Data, at: number, start: number): unknown {
  const place = isDynamic(parameter) ? start + data.count(at) : at
  const { type } = parameter
  if (type.endsWith('[]')) return list(parameter, data, place)
  if (type.endsWith(']')) return row(parameter, data, place)
  if (type === 'bytes') return bytes(data, place)
  if (type === 'tuple') return fields(parameter.components!, data, place)
  return scalar(type, data.word(place))
}

function list(parameter: Parameter, data: Data, place: number): unknown[] {
  const length = data.count(place)
  const entry = { ...parameter, type: parameter.type.slice(0, -2) }
  const start = place + 32
  const size = sizeOf(entry)
  if ((start + length * size) * 2 > data.hex.length) throw new Malformed('too short')
  return Array.from({ length }, (_, index) => value(entry, data, start + index * size, start))
}

/** A list of a fixed length, whose entries are single words. */
function row(parameter: Parameter, data: Data, place: number): unknown[] {
  const entry = { ...parameter, type: parameter.type.replace(ROW, '') }
  const length = sizeOf(parameter) / 32
  return Array.from({ length }, (_, index) => value(entry, data, place + 32 * index, place))
}

function bytes(data: Data, place: number): string {
  const length = data.count(place)
  const padded = data.reading === 'strict' ? Math.ceil(length / 32) * 32 : length
  const found = data.bytes(place + 32, padded)
  if (/[^0]/.test(found.slice(length * 2))) throw new Malformed('padding is not zero')
  return `0x${found.slice(0, length * 2)}`
}

/** One value of a single word, given as its hexadecimal digits. */
export function scalar(type: string, word: string): unknown {
  if (type === 'bytes32') return `0x${word}`
  if (type === 'address') {
    if (!word.startsWith('0'.repeat(24))) throw new Malformed('no address')
    return `0x${word.slice(24)}`
  }
  const number = BigInt(`0x${word}`)
  if (type === 'bool') {
    if (number > 1n) throw new Malformed('neither yes nor no')
    return number === 1n
  }
  const bits = /^uint(\d+)$/.exec(type)?.[1]
  if (bits === undefined) throw new Error(`no reader for ${type}`)
  if (number >> BigInt(bits)) throw new Malformed(`more than ${bits} bits`)
  return Number(bits) <= 32 ? Number(number) : number
}

function isDynamic({ type, components }: Parameter): boolean {
  return type === 'bytes' || type.endsWith('[]') || (type === 'tuple' && components!.some(isDynamic))
}

function sizeOf(parameter: Parameter): number {
  const row = ROW.exec(parameter.type)?.[1]
  if (row !== undefined) return 32 * Number(row)
  if (parameter.type !== 'tuple' || isDynamic(parameter)) return 32
  return parameter.components!.reduce((sum, one) => sum + sizeOf(one), 0)
}

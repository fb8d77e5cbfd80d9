/** BN254 G1 as WSB-1 uses it (docs/secret-ballots.md): reading, writing, and multiples of points. */
import { Field } from '@noble/curves/abstract/modular'
import { weierstrassPoints, type ProjPointType } from '@noble/curves/abstract/weierstrass'

/** Coordinates are below this prime. */
export const P = 21888242871839275222246405745257275088696311157297823662689037894645226208583n
/** Scalars are below this prime, the group's order. */
export const Q = 21888242871839275222246405745257275088548364400416034343698204186575808495617n

// The pairing that comes with the library's own BN254 is not needed and would be fetched.
const { ProjectivePoint } = weierstrassPoints<bigint>({
  Fp: Field(P),
  n: Q,
  h: 1n,
  a: 0n,
  b: 3n,
  Gx: 1n,
  Gy: 2n,
  allowInfinityPoint: true,
})

export type Point = ProjPointType<bigint>
/** A point as its two coordinates; (0, 0) is infinity. */
export interface Coordinates {
  x: bigint
  y: bigint
}

export const INFINITY: Point = ProjectivePoint.ZERO

// Small windows: a ballot takes some dozens of multiples, and a phone makes the tables anew for each.
const WINDOW = 5

/** A point that keeps a table of its multiples, for bases that many multiples are taken of. */
export function lasting({ x, y }: Coordinates, window = WINDOW): Point {
  const point = ProjectivePoint.fromAffine({ x, y })
  if (!point.equals(INFINITY)) point._setWindowSize(window)
  return point
}

/** The generator. */
export const G: Point = lasting({ x: 1n, y: 2n })

/** The least number from 0 that is the same modulo the order. */
export function mod(value: bigint): bigint {
  const rest = value % Q
  return rest < 0n ? rest + Q : rest
}

/** Inverse modulo the order, of anything but its multiples: value^(Q - 2). */
export function inverse(value: bigint): bigint {
  if (mod(value) === 0n) throw new RangeError('zero has no inverse')
  let [power, result] = [mod(value), 1n]
  for (let rest = Q - 2n; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * power) % Q
    power = (power * power) % Q
  }
  return result
}

/** `factor · point` for a secret factor: takes the same steps for every factor but zero. */
export function multiply(point: Point, factor: bigint): Point {
  const scalar = mod(factor)
  return scalar === 0n || point.equals(INFINITY) ? INFINITY : point.multiply(scalar)
}

/** `factor · point` for a factor that everybody may know: faster. */
export function multiplyOpen(point: Point, factor: bigint): Point {
  return point.multiplyUnsafe(mod(factor))
}

/** Sum of points; infinity of none. */
export function sum(points: Iterable<Point>): Point {
  let total = INFINITY
  for (const point of points) total = total.add(point)
  return total
}

/** The same points with their coordinates worked out, all with one inversion. */
export function settle(points: Point[]): Point[] {
  return ProjectivePoint.normalizeZ(points)
}

/** A point that may be computed further: coordinates below P, on the curve, not infinity. */
export function readPoint(x: bigint, y: bigint): Point | undefined {
  if (x < 0n || y < 0n || x >= P || y >= P) return undefined
  if ((y * y - x * x * x - 3n) % P !== 0n) return undefined
  return ProjectivePoint.fromAffine({ x, y })
}

/** Tells whether a scalar may be read: below the order. */
export const isScalar = (value: bigint): boolean => value >= 0n && value < Q

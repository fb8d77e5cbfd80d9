/** Units in order of address, parted at each entrance. */

interface Placed {
  building: string
  entrance: string
}

export interface Entrance<T> extends Placed {
  units: T[]
}

/** Put units of one entrance together; their order stays. */
export function byEntrance<T extends Placed>(units: readonly T[]): Entrance<T>[] {
  const found: Entrance<T>[] = []
  for (const unit of units) {
    const { building, entrance } = unit
    const last = found.at(-1)
    if (last && last.building === building && last.entrance === entrance) last.units.push(unit)
    else found.push({ building, entrance, units: [unit] })
  }
  return found
}

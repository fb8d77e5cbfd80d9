/** Addresses as they are compared: the case of their letters is a checksum, not a part of them. */

/** Tell whether two addresses are one; nothing is no address. */
export function sameAddress(one: string | null | undefined, other: string | null | undefined): boolean {
  return !!one && one.toLowerCase() === other?.toLowerCase()
}

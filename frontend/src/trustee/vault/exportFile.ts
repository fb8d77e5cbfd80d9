/** A trustee's seed as a file to keep: who and where in the clear, the seed sealed under the passphrase alone. */
import type { Address, Hex } from 'viem'
import { isAddress, isAddressEqual, keccak256, stringToHex } from 'viem/utils'
import { box, isBox, unbox, type Box } from '@/chain/passphrase'
import type { BoardPlace } from '../chain/board'
import { accountOf, type Seed } from '../chain/derive'

/** Whose seed it is: one seat of one meeting. */
export interface TrusteeSeat {
  community: string
  seat: number
  /** The office that holds the seat. */
  label: string
  account: Address
  place: BoardPlace
}

/** Why a file gives no seed. */
export type FileFault = 'noFile' | 'damaged' | 'newer' | 'otherMeeting' | 'wrongPassphrase'

export class FileRefused extends Error {
  constructor(readonly fault: FileFault) {
    super(fault)
  }
}

const FORMAT = 'wanjia-trustee-'
const VERSION = 1

interface TrusteeFile extends Box {
  format: string
  community: string
  meeting: number
  seat: number
  label: string
  account: Address
  chain_id: number
  board: Address
  /** Hash of all of the above and the box: a damaged file is told apart from a wrong passphrase. */
  check: Hex
}

/** Write a seed as the text of a file. */
export async function writeFile(
  seat: TrusteeSeat,
  seed: Seed,
  passphrase: string,
  iterations?: number,
): Promise<string> {
  const { community, seat: number, label, account, place } = seat
  const said = {
    format: `${FORMAT}${VERSION}`,
    community,
    meeting: place.meeting,
    seat: number,
    label,
    account,
    chain_id: place.chainId,
    board: place.board,
    ...(await box(seed, passphrase, iterations)),
  }
  return JSON.stringify({ ...said, check: checkOf(said) }, undefined, 2)
}

/** What a person calls the file. */
export const fileName = ({ place, seat }: TrusteeSeat): string =>
  `wanjia-trustee-${place.meeting}-${seat}.json`

/** Read a file for the meeting at `wanted`. Throws `FileRefused`. */
export async function readFile(
  text: string,
  passphrase: string,
  wanted: { community: string; place: BoardPlace },
): Promise<{ seat: TrusteeSeat; seed: Seed }> {
  const file = parsed(text)
  const place = { chainId: file.chain_id, board: file.board, meeting: file.meeting }
  if (file.community !== wanted.community || !samePlace(place, wanted.place))
    throw new FileRefused('otherMeeting')
  const seed = await unbox(file, passphrase)
  if (!seed) throw new FileRefused('wrongPassphrase')
  if (seed.length !== 32 || !isAddressEqual(await accountOf(seed, place), file.account))
    throw new FileRefused('damaged')
  const { community, seat, label, account } = file
  return { seat: { community, seat, label, account, place }, seed }
}

/** Tell whether two boards are one. */
export const samePlace = (one: BoardPlace, other: BoardPlace): boolean =>
  one.chainId === other.chainId && one.meeting === other.meeting && isAddressEqual(one.board, other.board)

function parsed(text: string): TrusteeFile {
  const file = read(text)
  if (typeof file?.format !== 'string' || !file.format.startsWith(FORMAT)) throw new FileRefused('noFile')
  if (Number(file.format.slice(FORMAT.length)) > VERSION) throw new FileRefused('newer')
  const { check, ...said } = file as TrusteeFile
  const whole =
    check === checkOf(said) &&
    isBox(said) &&
    [said.account, said.board].every((address) => isAddress(address)) &&
    [said.meeting, said.seat, said.chain_id].every((number) => Number.isInteger(number))
  if (!whole) throw new FileRefused('damaged')
  return file as TrusteeFile
}

function read(text: string): Partial<TrusteeFile> | undefined {
  try {
    return JSON.parse(text) as Partial<TrusteeFile>
  } catch {
    // what begins as one of ours and does not end is a file cut short
    throw new FileRefused(text.includes(FORMAT) ? 'damaged' : 'noFile')
  }
}

/** keccak256 of the JSON of name and value, by name. */
const checkOf = (said: object): Hex =>
  keccak256(
    stringToHex(JSON.stringify(Object.entries(said).sort(([one], [other]) => (one < other ? -1 : 1)))),
  )

/** Taking a seat: the new account says itself that it is this meeting's trustee (EIP-712). */
import type { Hex } from 'viem'
import { hashTypedData } from 'viem/utils'
import { signDigest } from '@/chain/signing'
import type { TrusteeSeat } from '../vault/exportFile'
import { accountSecretOf, type Seed } from './derive'

/** What the account signs. */
export const seatDigest = ({ place, seat, account }: Pick<TrusteeSeat, 'place' | 'seat' | 'account'>): Hex =>
  hashTypedData({
    domain: {
      name: 'Wanjia TrusteeBoard',
      version: '1',
      chainId: place.chainId,
      verifyingContract: place.board,
    },
    types: {
      TrusteeSeat: [
        { name: 'meeting', type: 'uint256' },
        { name: 'seat', type: 'uint32' },
        { name: 'account', type: 'address' },
      ],
    },
    primaryType: 'TrusteeSeat',
    message: { meeting: BigInt(place.meeting), seat, account },
  })

export const signSeat = (seat: TrusteeSeat, seed: Seed): Promise<Hex> =>
  signDigest(accountSecretOf(seed, seat.place), seatDigest(seat))

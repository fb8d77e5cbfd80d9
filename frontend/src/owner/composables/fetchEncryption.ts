/** What encrypting needs, fetched while there is a network: whoever chooses will encrypt, perhaps without one. */

/** The part of the confirming page that encrypts. */
export const fetchEncryption = () => import('@/owner/components/ConfirmSecretBallot.vue')

/** The part, and the worker's code. */
export async function prepareEncryption(): Promise<void> {
  await fetchEncryption()
  const { prepareBeside } = await import('@/wsb/beside')
  prepareBeside()
}

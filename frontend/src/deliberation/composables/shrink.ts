/** Makes photographs small enough for a phone's network: at most 1,600 pixels long, as JPEG; others are sent as they are. */
const LONGEST = 1_600
const QUALITY = 0.85
const SMALL_BYTES = 400_000

export async function shrink(photo: File): Promise<Blob> {
  if (photo.size <= SMALL_BYTES) return photo
  try {
    const picture = await createImageBitmap(photo, { imageOrientation: 'from-image' })
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const small = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/jpeg', QUALITY))
    return small && small.size < photo.size ? small : photo
  } catch {
    // a kind of picture this browser cannot draw: the server says whether it takes it
    return photo
  }
}

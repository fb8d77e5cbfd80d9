/** A helper of the worker: finds the signers of what it is handed. */
import { recoverNow, type Signed } from './signatures'

self.onmessage = ({ data }: MessageEvent<Signed[]>) => self.postMessage(recoverNow(data))

/** Why a request did not give an answer. */

/** The server refused (RFC 9457): a code of its table and a text in the reader's language. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {
    super(code)
  }

  /** Tell whether trying the same again later may go better: never a verdict on what was sent. */
  get passing(): boolean {
    return this.status >= 500 || [401, 408, 425, 429].includes(this.status)
  }
}

/** The server was not reached, or what answered was not the server. */
export class Unreachable extends Error {}

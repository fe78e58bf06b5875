/** This room speaks with the page's own server; no address but its own is ever asked. */

/**
 * @typedef {{outcome: "done" | "failed" | "refused" | "form", sentence?: string, message?: string, form?: import("./form.js").Form}} Outcome
 */

export class Api {
  /** @param {string} person  the name of the person who acts */
  constructor(person) {
    this.person = person;
  }

  /**
   * @param {string} what
   * @param {Record<string, string>} [query]
   * @returns {Promise<any>}
   */
  async get(what, query = {}) {
    return answer(await fetch(`${what}?${new URLSearchParams({ as: this.person, ...query })}`));
  }

  /**
   * @param {string} what
   * @param {Record<string, unknown>} body
   * @returns {Promise<any>}
   */
  async post(what, body) {
    const sent = JSON.stringify({ as: this.person, ...body });
    const headers = { "Content-Type": "application/json" };
    return answer(await fetch(what, { method: "POST", headers, body: sent }));
  }

  /**
   * Something a person does; whatever goes wrong becomes a sentence.
   * @param {string} what
   * @param {Record<string, unknown>} body
   * @returns {Promise<Outcome>}
   */
  async act(what, body) {
    try {
      return await this.post(what, body);
    } catch (error) {
      const lost = error instanceof TypeError;
      return { outcome: "failed", sentence: lost ? "The local Discord does not answer: start it again." : String(/** @type {Error} */ (error).message) };
    }
  }

  /**
   * @param {(change: any) => void} listen
   * @param {() => void} lost  the connection broke; the browser tries to mend it
   * @param {() => void} again  it came back: what was missed has to be fetched
   * @returns {Promise<() => void>}  once nothing is missed any more; what it gives ends it
   */
  watch(listen, lost, again) {
    const source = new EventSource(`events?${new URLSearchParams({ as: this.person })}`);
    source.onmessage = (event) => listen(JSON.parse(event.data));
    source.onerror = lost;
    return new Promise((opened) => {
      source.onopen = () => {
        source.onopen = again;
        opened(() => source.close());
      };
    });
  }
}

/** @param {Response} response */
async function answer(response) {
  if (response.ok) return response.json();
  throw new Error(await response.text());
}

/** The control API of the playground; a refusal is thrown with its words. */
async function read(answer) {
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body;
}

export async function get(name, query = {}) {
  return read(await fetch(`/play/${name}?${new URLSearchParams(query)}`));
}

export async function post(name, body) {
  const form = body instanceof FormData;
  const headers = form ? {} : { "content-type": "application/json" };
  return read(await fetch(`/play/${name}`, { method: "POST", headers, body: form ? body : JSON.stringify(body) }));
}

/** Calls `take(event)` for everything after `cursor`, for ever; `lost(true)` while nobody answers. */
export async function follow(cursor, take, lost) {
  for (;;) {
    try {
      const answer = await get("events", { since: cursor, timeout: 25 });
      lost(false);
      cursor = answer.cursor;
      answer.events.forEach(take);
    } catch {
      lost(true);
      await new Promise((resume) => setTimeout(resume, 1500));
    }
  }
}

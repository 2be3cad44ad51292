/** The other side sends more than any answer of ours can be. */
class AnswerTooLongError extends Error {
  override readonly name = "AnswerTooLongError";
}

/**
 * A fetch whose answer ends with an error once it is longer than `maxBytes`, and which follows no redirect: what a citizen wrote goes to the
 * configured server and nowhere else.
 */
export function boundedFetch(maxBytes: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: "error" });
    if (!response.body) return response;
    let bytes = 0;
    const meter = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) controller.error(new AnswerTooLongError(`the answer is longer than ${maxBytes} bytes`));
        else controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(meter), response);
  };
}

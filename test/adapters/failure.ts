import { DeliveryError } from "../../bots/errors.ts";

/** Why a sending failed; one that did not is a fault of the test. */
export async function failure(sending: Promise<unknown>): Promise<DeliveryError> {
  const error = await sending.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof DeliveryError)) throw new Error("it was sent, or failed in another way", { cause: error });
  return error;
}

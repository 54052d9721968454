// Local times in the person's zone (not the computer's) to seconds since 1970, and back.
function wallClock(seconds, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(seconds * 1000);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${part.year.padStart(4, "0")}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/** Seconds since 1970 as a datetime-local input holds them, in `zone`. */
export const toZone = wallClock;

/** A datetime-local value in `zone` as seconds since 1970; the second pass settles clock changes. */
export function fromZone(local, zone) {
  const wanted = Date.parse(`${local}Z`) / 1000;
  let guess = wanted;
  for (let pass = 0; pass < 2; pass += 1) guess += wanted - Date.parse(`${wallClock(guess, zone)}Z`) / 1000;
  return guess;
}

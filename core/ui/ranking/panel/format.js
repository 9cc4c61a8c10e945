// Numbers and sentences as people read them. Nothing here knows the page.

/** Put values into a sentence: "{name}" becomes values.name. @param {string} text @param {Record<string, unknown>} values */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));

/**
 * A number cut to some digits, never rounded up, as the language writes it.
 * @param {boolean} comma whether decimals stand behind a comma
 * @returns {(value: number, digits: number) => string}
 */
export function formatter(comma) {
  return (value, digits) => {
    const scale = 10 ** digits;
    const text = (Math.floor(value * scale + 1e-6) / scale).toFixed(digits);
    return comma ? text.replace(".", ",") : text;
  };
}

/**
 * A share (0-1) in percent: never 0 for what happened, never 100 for what did not always.
 * @param {number} share @param {(value: number, digits: number) => string} format
 */
export function percent(share, format) {
  const value = share * 100;
  if (value > 0 && value < 1) return "< 1 %";
  if (value > 99 && value < 100 - 1e-9) return "> 99 %";
  return `${format(value, 0)} %`;
}

/** A percentage as somebody types it, in tenths of a percent; NaN where it is none from 0 to 100. @param {string} text */
export function readPercent(text) {
  const found = /^\s*(\d{1,3}(?:[.,]\d*)?)\s*%?\s*$/.exec(text);
  const value = found ? Number(found[1].replace(",", ".")) : NaN;
  return value <= 100 ? Math.round(value * 10) : NaN;
}

/** How a place changed, in signs: "▲3", "▼2", "". @param {number} moved */
export const arrow = (moved) => (moved > 0 ? `▲${moved}` : moved < 0 ? `▼${-moved}` : "");

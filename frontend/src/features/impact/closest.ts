/** The candidates that are spelled most like a word, the closest first; none that are far off. */
export function closest(word: string, candidates: readonly string[], most = 3): string[] {
  const wanted = word.toLowerCase();
  return candidates
    .map((one) => ({ one, far: distance(wanted, one.toLowerCase()) }))
    .filter(({ one, far }) => far <= Math.max(2, word.length / 2) || holds(one, wanted))
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ one }) => one);
}

function holds(one: string, wanted: string): boolean {
  return one.toLowerCase().includes(wanted) || wanted.includes(one.toLowerCase());
}

/** How many letters are to be put in, taken out or replaced to make one word of another. */
function distance(from: string, to: string): number {
  let before = Array.from({ length: to.length + 1 }, (_, place) => place);
  for (let row = 1; row <= from.length; row++) {
    const now = [row];
    for (let place = 1; place <= to.length; place++) {
      const replaced = (before[place - 1] ?? 0) + (from[row - 1] === to[place - 1] ? 0 : 1);
      now.push(Math.min(replaced, (before[place] ?? 0) + 1, (now[place - 1] ?? 0) + 1));
    }
    before = now;
  }
  return before[to.length] ?? 0;
}

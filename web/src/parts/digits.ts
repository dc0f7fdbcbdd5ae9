/** Three digits and more, also in groups with dashes or blanks between them; a number has its plus. */
const runs = /\+?\d(?:\d|[- ](?=\d)){2,}/g;

interface Piece {
  readonly text: string;
  readonly digits: boolean;
  readonly at: number;
}

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: run, index } of text.matchAll(runs)) {
    if (index > end) pieces.push({ text: text.slice(end, index), digits: false, at: end });
    pieces.push({ text: run, digits: true, at: index });
    end = index + run.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), digits: false, at: end });
  return pieces;
}

/** How many things of an ordered list of `length` have a place, told by `placeOf`, at or before `place`. */
export function countUpTo(length: number, placeOf: (index: number) => number, place: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(middle) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

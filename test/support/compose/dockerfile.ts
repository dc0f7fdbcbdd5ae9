/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  readonly keyword: string;
  readonly text: string;
  /** The words of the exec form (`["a", "b"]`) or, of any other, those between blanks. */
  readonly words: readonly string[];
}

/** From one FROM to the next. */
export interface Stage {
  readonly name: string;
  /** An image, or the name of an earlier stage. */
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

/** Reads a Dockerfile as far as ours goes. Throws at an instruction before the first FROM. */
export function readStages(dockerfile: string): readonly Stage[] {
  const stages: { name: string; from: string; instructions: Instruction[] }[] = [];
  for (const instruction of instructionsOf(dockerfile)) {
    if (instruction.keyword === 'FROM') {
      const [from = '', , name = 'final'] = instruction.words;
      stages.push({ name, from, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error(`${instruction.keyword} comes before the first FROM`);
    stage.instructions.push(instruction);
  }
  return stages;
}

function instructionsOf(dockerfile: string): readonly Instruction[] {
  const joined = dockerfile.replaceAll(/^#.*\n/gm, '').replaceAll(/\\\n/g, ' ');
  return joined.split('\n').flatMap((line) => {
    const [, keyword, text] = /^([A-Z]+)\s+(.+)$/.exec(line.trim()) ?? [];
    return keyword === undefined || text === undefined ? [] : [{ keyword, text, words: wordsOf(text) }];
  });
}

function wordsOf(text: string): readonly string[] {
  const inner = /\[.*\]$/.exec(text)?.[0];
  if (inner === undefined) return text.split(/\s+/);
  const words: unknown = JSON.parse(inner);
  return Array.isArray(words) ? words.map(String) : [];
}

export interface Copy {
  /** The stage that it copies from; null for the folder of the project. */
  readonly stage: string | null;
  readonly sources: readonly string[];
  readonly target: string;
}

/** The COPYs among the instructions. */
export function copiesOf(instructions: readonly Instruction[]): readonly Copy[] {
  return instructions
    .filter(({ keyword }) => keyword === 'COPY')
    .map(({ words }) => {
      const [first = ''] = words;
      const stage = /^--from=(.+)$/.exec(first)?.[1] ?? null;
      const paths = stage === null ? words : words.slice(1);
      return { stage, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
    });
}

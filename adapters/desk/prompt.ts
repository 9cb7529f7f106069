import { createInterface } from 'node:readline/promises';
import type { Say } from './command.ts';

/** Asks whoever sits at the terminal; the answers may as well come from a file. */
export interface Prompt {
  /** The next line, without spaces around it; undefined when there is none any more. */
  ask(question: string): Promise<string | undefined>;
  close(): void;
}

export function openPrompt(): Prompt {
  const lines = createInterface({ input: process.stdin, output: process.stdin.isTTY ? process.stdout : undefined });
  const next = lines[Symbol.asyncIterator]();
  return {
    async ask(question) {
      // The terminal's own prompt, so that a line can be mended without losing it.
      lines.setPrompt(question);
      if (process.stdin.isTTY) lines.prompt();
      else process.stdout.write(question);
      const { done, value } = await next.next();
      if (!process.stdin.isTTY) process.stdout.write('\n');
      return done === true ? undefined : value.trim();
    },
    close: () => lines.close(),
  };
}

/** Whether the answer to a question is yes; no answer is no. */
export async function confirmed(question: string, say: Say): Promise<boolean> {
  const prompt = openPrompt();
  try {
    return /^(y|yes|はい|ｙ)$/i.test(await prompt.ask(`${question} ${say('(はい: y、いいえ: Enter)', '(yes: y, no: Enter)')} `) ?? '');
  } finally {
    prompt.close();
  }
}

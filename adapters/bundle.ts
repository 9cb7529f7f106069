import { build } from 'esbuild';

/** A script for browsers of the last six years from a TypeScript file and what it imports. */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry], bundle: true, minify: true, write: false, format: 'iife', logLevel: 'silent', tsconfigRaw: {},
    // Safari 14's fault with destructuring concerns a form that is not used here.
    target: ['es2020', 'safari14'], supported: { destructuring: true },
  });
  return outputFiles[0]!.text;
}

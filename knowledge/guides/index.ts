import type { Guide } from './guide.ts';
import { relocation } from './relocation.ts';
import { status } from './status.ts';

export const guides: readonly Guide[] = [status, relocation];

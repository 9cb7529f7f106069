import type { Guide } from './guide.ts';
import { lost } from './lost.ts';
import { pickup } from './pickup.ts';
import { relocation } from './relocation.ts';
import { renewal } from './renewal.ts';
import { status } from './status.ts';

export const guides: readonly Guide[] = [status, relocation, pickup, renewal, lost];

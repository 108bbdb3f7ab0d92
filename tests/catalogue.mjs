// The catalogues as plain objects, read from the TypeScript sources.

import { load } from './typescript.mjs';

export const { en } = await load('i18n/en.ts');
export const { zh } = await load('i18n/zh.ts');

import { testMemory } from './memory.mjs';
import { variants } from './module.mjs';

if (variants.includes('relaxed')) await testMemory('relaxed');

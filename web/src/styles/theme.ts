// The themes that a person can choose; `auto` is the system's.

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

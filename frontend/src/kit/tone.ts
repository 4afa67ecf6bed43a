/** How a state feels: its tag's shape and colour. */
export type Tone = 'none' | 'wait' | 'doing' | 'ok' | 'warn' | 'bad'

/** Whose copies this browser keeps now: several people share one office PC, none sees what another wrote. */
export const owner = { id: '' }

/** The second step of a log-in: the code is asked for once the server says that the account has one. */
import { ref } from 'vue'
import { Problem } from '@/core/api/problem'

export function useCodeToo() {
  const isNeeded = ref(false)

  /** Carries a log-in out. `false`: the password was right, and only the code is missing so far. */
  async function asked(log: () => Promise<void>): Promise<boolean> {
    try {
      await log()
      return true
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'auth.totp.needed' || isNeeded.value) throw error
      isNeeded.value = true
      return false
    }
  }
  return { isNeeded, asked }
}

/** Whether anything was ever sent up in this window: then the dock, and all that uploads need, is fetched. */
import { ref } from 'vue'

export const isUploading = ref(false)

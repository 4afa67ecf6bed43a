// Uploads one file with tus-js-client, as the pages do: node tus_client.mjs MODULES URL TOKEN FILE METADATA
import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'

const [, , modules, endpoint, token, file, metadata] = process.argv
const { Upload } = createRequire(`${modules}/`)('tus-js-client')

const upload = new Upload(createReadStream(file), {
  endpoint,
  chunkSize: 8 * 1024 * 1024,
  headers: { Authorization: `Bearer ${token}` },
  metadata: JSON.parse(metadata),
  retryDelays: Array(400).fill(20),
  onError: error => {
    console.error(String(error))
    process.exit(1)
  },
  onSuccess: () => console.log(upload.url),
})
upload.start()

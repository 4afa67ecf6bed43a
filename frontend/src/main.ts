import { createPinia } from 'pinia'
import { PiniaColada } from '@pinia/colada'
import { createApp } from 'vue'
import { preparePrinting } from '@/core/print'
import App from './App.vue'
import { createAppRouter } from './shell/router'
import './styles/tokens.css'
import './styles/base.css'
import './styles/layout.css'
import './styles/print.css'

preparePrinting()
createApp(App).use(createPinia()).use(PiniaColada, { queryOptions: { staleTime: 10_000 } }).use(createAppRouter()).mount('#app')

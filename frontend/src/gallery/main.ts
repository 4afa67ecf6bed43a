/** The kit in every state, live. Not part of the product's build. */
import { createPinia } from 'pinia'
import { PiniaColada } from '@pinia/colada'
import { createApp } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import GalleryPage from './GalleryPage.vue'
import '@/styles/tokens.css'
import '@/styles/base.css'
import '@/styles/layout.css'
import '@/styles/print.css'

const router = createRouter({ history: createWebHistory(), routes: [{ path: '/:rest(.*)*', component: GalleryPage }] })
createApp(GalleryPage).use(createPinia()).use(PiniaColada).use(router).mount('#app')

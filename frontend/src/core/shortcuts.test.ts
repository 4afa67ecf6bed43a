import { mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { expect, test, vi } from 'vitest'
import { useShortcuts } from './shortcuts'

function page() {
  const [save, next, on] = [vi.fn(), vi.fn(), vi.fn()]
  const mounted = mount(defineComponent(() => {
    useShortcuts({ 'ctrl+s': save, 'j': next, 'Enter': on })
    return () => h('div', [h('input'), h('input', { type: 'radio' }), h('button', { type: 'button' }), h('p')])
  }), { attachTo: document.body })
  const press = (target: string, key: string, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
    mounted.get(target).element.dispatchEvent(event)
    return event.defaultPrevented
  }
  return { save, next, on, press }
}

test('Ctrl+S saves from anywhere, and the browser keeps out of it', () => {
  const { save, press } = page()
  expect(press('input', 's', { ctrlKey: true })).toBe(true)
  expect(save).toHaveBeenCalledOnce()
})

test('plain letters belong to whoever writes', () => {
  const { next, press } = page()
  press('input', 'j')
  expect(next).not.toHaveBeenCalled()
  press('p', 'j')
  expect(next).toHaveBeenCalledOnce()
})

test('an input method keeps its keys', () => {
  const { next, press } = page()
  press('p', 'j', { isComposing: true })
  expect(next).not.toHaveBeenCalled()
})

test('Enter is left to what it presses or writes, and taken everywhere else, on a ticked box too', () => {
  const { on, press } = page()
  expect(press('input', 'Enter')).toBe(false)
  expect(press('button', 'Enter')).toBe(false)
  expect(on).not.toHaveBeenCalled()
  expect(press('p', 'Enter')).toBe(true)
  expect(press('[type="radio"]', 'Enter')).toBe(true)
  expect(on).toHaveBeenCalledTimes(2)
})

test('Enter held down goes on once, so that nothing is confirmed unseen', () => {
  const { on, press } = page()
  press('p', 'Enter')
  press('p', 'Enter', { repeat: true })
  expect(on).toHaveBeenCalledOnce()
})

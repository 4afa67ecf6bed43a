import { expect, it } from 'vitest'
import { goodsOf } from './merits'

it('takes merits apart by the four goods, and loses nothing', () => {
  const merits = '两年成绩突出。\n政治坚定好：理论学习有成效。\n全年学习十二次。\n\n清正廉洁好：没有问题。'
  expect(goodsOf(merits)).toEqual([
    { title: '', text: '两年成绩突出。' },
    { title: '政治坚定好', text: '理论学习有成效。\n全年学习十二次。' },
    { title: '清正廉洁好', text: '没有问题。' },
  ])
  expect(goodsOf('')).toEqual([])
})

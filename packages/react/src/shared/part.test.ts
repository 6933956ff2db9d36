import { createElement, isValidElement } from 'react'
import { expect, test, vi } from 'vitest'
import { mergeProps, renderPart } from './part.ts'

test("a part's own handler runs after the user's and not when that prevents it", () => {
  const order: string[] = []
  const merged = mergeProps({ onClick: () => order.push('own') }, { onClick: () => order.push('theirs') }) as { onClick: (event: { defaultPrevented?: boolean }) => void }
  merged.onClick({ defaultPrevented: false })
  merged.onClick({ defaultPrevented: true })
  expect(order).toEqual(['theirs', 'own', 'theirs'])
})

test('classes add up, and a class may follow the state', () => {
  const element = renderPart('div', { className: 'crm-x', 'data-selected': true }, { className: (state: { isOn: boolean }) => (state.isOn ? 'on' : 'off') }, { isOn: true })
  expect(element.props).toMatchObject({ className: 'crm-x on', 'data-selected': true })
})

test('an element or a function replaces the element and gets its props', () => {
  const asLink = renderPart('div', { className: 'crm-x', role: 'gridcell' }, { render: createElement('a', { href: '#', className: 'mine' }) }, {})
  expect(asLink.type).toBe('a')
  expect(asLink.props).toMatchObject({ href: '#', role: 'gridcell', className: 'crm-x mine' })
  const render = vi.fn((props: object) => createElement('b', props))
  const asFunction = renderPart('div', { role: 'row' }, { render }, { isOn: false })
  expect(isValidElement(asFunction) && asFunction.type).toBe('b')
  expect(render).toHaveBeenCalledWith({ role: 'row' }, { isOn: false })
})

// Finds every import of a TypeScript or JavaScript file without a parser: a small scanner cuts the text into tokens
// (so comments, strings, templates and regular expressions cannot mislead), then the import forms are read off the tokens.

/**
 * @typedef {{ specifier: string | null, kind: 'value' | 'type' | 'bare' | 'dynamic' | 'url' | 'reference', line: number }} Import
 * `specifier` is null where a dynamic import is computed.
 */

/** @param {string} text @returns {Import[]} */
export function findImports(text) {
  const tokens = tokenise(text)
  const found = references(text)
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (token.type !== 'word' || tokens[i - 1]?.text === '.') continue
    const next = tokens[i + 1]
    if (token.text === 'import' && next?.type === 'string') {
      found.push({ specifier: next.value, kind: 'bare', line: token.line })
    } else if (token.text === 'import' && next?.text === '(') {
      found.push({ specifier: literal(tokens[i + 2]), kind: 'dynamic', line: token.line })
    } else if (token.text === 'require' && next?.text === '(') {
      if (literal(tokens[i + 2]) !== null) found.push({ specifier: literal(tokens[i + 2]), kind: 'value', line: token.line })
    } else if (token.text === 'import' || token.text === 'export') {
      const source = fromClause(tokens, i + 1)
      if (source !== null) found.push({ specifier: source, kind: isTypeOnly(tokens, i) ? 'type' : 'value', line: token.line })
    } else if (token.text === 'new' && next?.text === 'URL' && tokens[i + 2]?.text === '(' && literal(tokens[i + 3]) !== null) {
      const against = tokens.slice(i + 4, i + 10).map(({ text }) => text).join('')
      if (against.startsWith(',import.meta.url')) found.push({ specifier: literal(tokens[i + 3]), kind: 'url', line: token.line })
    }
  }
  return found
}

/** `import a, { b as c } from 'x'`, `export * as y from 'x'`, `import z = require('x')`: the specifier, or null if this statement has none. */
function fromClause(tokens, start) {
  let depth = 0
  for (let i = start; i < tokens.length; i++) {
    const { type, text } = tokens[i]
    if (depth === 0 && type === 'word' && startsStatement.test(text)) return null
    if (text === '{') depth++
    else if (text === '}') depth--
    else if (depth === 0 && text === 'from' && tokens[i + 1]?.type === 'string' && i > start) return tokens[i + 1].value
    else if (text !== ',' && text !== '*' && type !== 'word' && !(depth > 0 && type === 'string')) return null
    if (depth < 0) return null
  }
  return null
}

// After `export { a }` without a semicolon.
const startsStatement = /^(import|export|const|let|var|function|class|interface|enum|declare|namespace|async|abstract|return|if|for|while)$/

// `import type from 'x'` imports a default called type.
const isTypeOnly = (tokens, at) => tokens[at + 1]?.text === 'type' && tokens[at + 2]?.text !== 'from' && tokens[at + 2]?.text !== ','

const literal = (token) => (token?.type === 'string' || token?.type === 'template' ? (token.value ?? null) : null)

// Directives bring in types that no import names.
function references(text) {
  const found = []
  for (const match of text.matchAll(/^[ \t]*\/\/\/[ \t]*<reference[ \t]+(?:types|path)[ \t]*=[ \t]*["']([^"']+)["']/gm)) {
    found.push({ specifier: match[1], kind: 'reference', line: lineAt(text, match.index) })
  }
  return found
}

function lineAt(text, index) {
  let line = 1
  for (let i = 0; i < index; i++) if (text.charCodeAt(i) === 10) line++
  return line
}

/** @returns {{ type: 'word' | 'string' | 'template' | 'regex' | 'sign', text: string, value?: string, line: number }[]} */
function tokenise(text) {
  const tokens = []
  const templates = [] // depth of braces inside each open `${`
  let line = 1
  let at = 0
  const push = (type, end, value) => {
    const token = { type, text: text.slice(at, end), line, ...(value === undefined ? {} : { value }) }
    for (let i = at; i < end; i++) if (text.charCodeAt(i) === 10) line++
    if (type !== 'space') tokens.push(token)
    at = end
  }
  while (at < text.length) {
    const char = text[at]
    if (/\s/.test(char)) push('space', at + 1)
    else if (text.startsWith('//', at)) push('space', endOr(text.indexOf('\n', at), text.length))
    else if (text.startsWith('/*', at)) push('space', endOr(text.indexOf('*/', at + 2) + 1, text.length - 1) + 1)
    else if (char === '"' || char === "'") {
      const end = stringEnd(text, at)
      if (end === -1) push('sign', at + 1) // an apostrophe in JSX text
      else push('string', end, text.slice(at + 1, end - 1))
    } else if (char === '`') template(at + 1)
    else if (char === '}' && templates.at(-1) === 0) {
      templates.pop()
      template(at + 1)
    } else if (char === '/' && regexMayStart(tokens.at(-1)) && regexEnd(text, at) !== -1) push('regex', regexEnd(text, at))
    else if (/[\p{ID_Start}$_#]/u.test(char)) {
      let end = at + 1
      while (end < text.length && /[\p{ID_Continue}$]/u.test(text[end])) end++
      push('word', end)
    } else {
      if (templates.length > 0 && (char === '{' || char === '}')) templates[templates.length - 1] += char === '{' ? 1 : -1
      push('sign', at + 1)
    }
  }
  return tokens

  // Reads template text up to its end or to the next `${`. Only a template without holes has a value.
  function template(from) {
    const isWhole = text[at] === '`'
    for (let i = from; i < text.length; i++) {
      if (text[i] === '\\') i++
      else if (text[i] === '`') return push('template', i + 1, isWhole ? text.slice(from, i) : undefined)
      else if (text[i] === '$' && text[i + 1] === '{') {
        templates.push(0)
        return push('template', i + 2)
      }
    }
    push('sign', at + 1)
  }
}

const endOr = (end, otherwise) => (end <= 0 ? otherwise : end)

function stringEnd(text, start) {
  for (let i = start + 1; i < text.length && text[i] !== '\n'; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === text[start]) return i + 1
  }
  return -1
}

function regexMayStart(previous) {
  if (previous === undefined) return true
  if (previous.type === 'word') return /^(return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$/.test(previous.text)
  return previous.type === 'sign' && !/[)\]}<]/.test(previous.text)
}

function regexEnd(text, start) {
  let inClass = false
  for (let i = start + 1; i < text.length && text[i] !== '\n'; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '[') inClass = true
    else if (text[i] === ']') inClass = false
    else if (text[i] === '/' && !inClass) return i + 1
  }
  return -1
}
